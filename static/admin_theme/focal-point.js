/* The focal point by keyboard: arrow keys move it over the picture, one hundredth at a time.
   Clicking is django-imagefield's. */
"use strict";
window.addEventListener("load", () => {
    const STEP = 0.01;
    const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    for (const box of document.querySelectorAll(".imagefield[data-ppoi-id]")) {
        const field = document.getElementById(box.dataset.ppoiId);
        const image = box.querySelector("img");
        const point = box.querySelector(".imagefield-point");
        if (!field || !image || !point) {
            continue;
        }
        image.tabIndex = 0;
        image.alt = "焦点：点击图片，或用方向键移动。裁切时焦点总在画面里。";
        image.addEventListener("keydown", event => {
            const move = MOVES[event.key];
            if (!move) {
                return;
            }
            event.preventDefault();
            const now = (field.value || "0.5x0.5").split("x").map(Number);
            const next = now.map((part, axis) => Math.min(1, Math.max(0, part + move[axis] * STEP)));
            field.value = next.map(part => part.toFixed(3)).join("x");
            point.style.left = `${image.clientWidth * next[0]}px`;
            point.style.top = `${image.clientHeight * next[1]}px`;
        });
    }
});
