/* Rows in an order: ↑ ↓ buttons and Alt+↑ / Alt+↓ move a row, a live region says where to.
   Dragging is django-admin-ordering's; the hidden position fields are what is saved. */
"use strict";
{
    const STEP = 10;
    const rowsOf = group => [...group.querySelectorAll(".form-row, .inline-related")].filter(
        row => row.matches('[class*="dynamic-"]')
    );

    /* What one row is called: of what its group holds. */
    const unitOf = row => {
        const id = row.closest(".inline-group")?.id ?? "";
        if (id.startsWith("illustrations")) {
            return "张插图";
        }
        return id.startsWith("enclosures") ? "项" : "节";
    };

    const renumber = group => {
        const rows = rowsOf(group);
        rows.forEach((row, index) => {
            const position = row.querySelector('input[name$="-position"]');
            if (position) {
                position.value = (index + 1) * STEP;
            }
            const label = row.querySelector(":scope > h3 .inline_label");
            if (label && position) {
                label.textContent = `第 ${index + 1} ${unitOf(row)}`;
            }
            const [up, down] = row.querySelectorAll(".place-button");
            if (up) {
                up.disabled = index === 0;
                down.disabled = index === rows.length - 1;
            }
        });
    };

    const announce = (group, row) => {
        const rows = rowsOf(group);
        const unit = row.matches(".inline-related") ? unitOf(row) : "位";
        document.querySelector("[data-moves]").textContent =
            `已移到第 ${rows.indexOf(row) + 1} ${unit}，共 ${rows.length} ${unit}`;
    };

    const move = (row, step) => {
        const group = row.closest(".inline-group");
        const rows = rowsOf(group);
        const neighbour = rows[rows.indexOf(row) + step];
        if (!neighbour) {
            return;
        }
        const focused = document.activeElement;
        row[step < 0 ? "after" : "before"](neighbour);
        renumber(group);
        announce(group, row);
        const target = focused?.disabled ? row.querySelector(".place-button:enabled") : focused;
        target?.focus();
        row.scrollIntoView({ block: "nearest" });
    };

    const addButtons = row => {
        const place = row.querySelector(":scope > h3") ?? row.querySelector(".field-position");
        if (!place || place.querySelector(".place-buttons")) {
            return;
        }
        const box = document.createElement("span");
        box.className = "place-buttons";
        for (const [step, sign, name] of [[-1, "↑", "上移"], [1, "↓", "下移"]]) {
            const button = document.createElement("button");
            button.type = "button";
            button.className = "place-button";
            button.textContent = sign;
            button.title = `${name}（Alt+${sign}）`;
            button.setAttribute("aria-label", name);
            button.addEventListener("click", () => move(row, step));
            box.append(button);
        }
        place.append(box);
    };

    /* A form that comes back unsaved has new rows last, wherever they had been put. */
    const sort = group => {
        const placeOf = row => Number(row.querySelector('input[name$="-position"]')?.value) || Infinity;
        const rows = rowsOf(group);
        const wanted = [...rows].sort((a, b) => placeOf(a) - placeOf(b));
        if (wanted.some((row, index) => row !== rows[index])) {
            const end = document.createComment("");
            rows.at(-1).after(end);
            wanted.forEach(row => end.before(row));
            end.remove();
        }
    };

    const prepare = group => {
        rowsOf(group).forEach(addButtons);
        renumber(group);
    };

    const start = () => {
        for (const group of document.querySelectorAll(".inline-group")) {
            if (!group.querySelector('input[name$="-position"]')) {
                renumber(group); // to be read only
                continue;
            }
            sort(group);
            prepare(group);
            group.addEventListener("keydown", event => {
                const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
                const row = event.target.closest('[class*="dynamic-"]');
                if (step && row && event.altKey && !event.ctrlKey && !event.metaKey) {
                    event.preventDefault();
                    move(row, step);
                }
            });
            document.addEventListener("formset:added", () => prepare(group));
            document.addEventListener("formset:removed", () => prepare(group));
            // A drag ends here; its own handler renumbers the fields but not our labels.
            group.addEventListener("mouseup", () => setTimeout(() => prepare(group)));
        }
    };

    // Django marks the rows when jQuery is ready, which can be later than `load`;
    // what is registered now runs after it.
    window.addEventListener("load", () => window.django.jQuery(start));
}
