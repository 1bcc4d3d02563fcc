/* The schedule button says when, as soon as day and time are filled in. */
"use strict";
{
    const momentIn = (day, time) => {
        const date = day.match(/^(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?$/);
        const clock = time.match(/^(\d{1,2}):(\d{2})(?::\d{2})?$/);
        if (!date || !clock || Number(clock[1]) > 23 || Number(clock[2]) > 59) {
            return "";
        }
        const year = Number(date[1]) === new Date().getFullYear() ? "" : `${date[1]}年`;
        return `${year}${Number(date[2])}月${Number(date[3])}日 ${clock[1].padStart(2, "0")}:${clock[2]}`;
    };

    window.addEventListener("load", () => {
        const button = document.querySelector("button[data-timed]");
        if (!button) {
            return;
        }
        const plain = button.textContent;
        const [day, time] = ["0", "1"].map(part => document.getElementById(`id_publish_at_${part}`));
        const update = () => {
            const moment = momentIn(day.value.trim(), time.value.trim());
            button.textContent = moment ? button.dataset.timed.replace("{}", moment) : plain;
        };
        // Django's calendar writes the field without an event and then focuses it.
        for (const kind of ["input", "change", "focusin"]) {
            document.addEventListener(kind, update);
        }
        update();
    });
}
