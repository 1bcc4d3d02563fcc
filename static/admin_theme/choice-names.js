/* Select2 names a choice by what is chosen, so an empty one has no name at all:
   add the label of its field, or the heading of its column. */
"use strict";
{
    let count = 0;
    const labelOf = select => {
        const cell = select.closest("td");
        const label = select.labels[0] ?? cell?.closest("table").tHead.rows[0].cells[cell.cellIndex];
        if (label && !label.id) {
            label.id = `choice-label-${++count}`;
        }
        return label;
    };

    const finish = () => {
        for (const select of document.querySelectorAll("select.select2-hidden-accessible:not([data-named])")) {
            const label = labelOf(select);
            const box = select.nextElementSibling;
            if (!label || !box?.matches(".select2")) {
                continue;
            }
            select.dataset.named = "";
            const shown = box.querySelector(".select2-selection__rendered");
            for (const part of box.querySelectorAll(".select2-selection--single, .select2-selection__rendered[role]")) {
                part.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
            }
            for (const part of box.querySelectorAll(".select2-selection--multiple, .select2-search__field")) {
                part.setAttribute("aria-labelledby", label.id);
            }
        }
    };
    new MutationObserver(finish).observe(document.documentElement, { childList: true, subtree: true });
}
