/* Where a picture is cut: the focal point for all ratios, or a box by hand for one of
   them, with a live preview of each. Writes the fields focal_point and crops; without
   this script the two fields are filled in by hand. The rules are those of
   pictures/framing.py. */
"use strict";
{
    const SMALLEST = 0.05;
    const STEP = 0.01;
    const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const PREVIEW_HEIGHT = 104;

    const within = (value, low, high) => Math.min(high, Math.max(low, value));

    class Framing {
        constructor(root, focus, crops) {
            this.root = root;
            this.fields = { focus, crops };
            this.width = Number(root.dataset.width);
            this.height = Number(root.dataset.height);
            this.ratios = JSON.parse(root.dataset.ratios);
            this.stage = root.querySelector("[data-stage]");
            this.picture = root.querySelector("[data-picture]");
            this.focus = (focus.value || "0.5x0.5").split("x").map(Number);
            try {
                this.crops = JSON.parse(crops.value || "{}") || {};
            } catch {
                this.crops = {};
            }
            this.active = "";
            this.build();
            this.show();
        }

        build() {
            document.body.classList.add("js-framing");
            const clip = document.createElement("div");
            clip.className = "framing__clip";
            this.point = document.createElement("span");
            this.point.className = "framing__point";
            this.box = document.createElement("div");
            this.box.className = "framing__box";
            this.corner = document.createElement("span");
            this.corner.className = "framing__corner";
            this.box.append(this.corner);
            clip.append(this.box);
            this.stage.append(clip, this.point);
            this.stage.tabIndex = 0;
            this.stage.setAttribute("role", "application");
            this.help = document.createElement("p");
            this.help.className = "framing__help";
            this.help.id = "framing-help";
            this.help.setAttribute("role", "status");
            this.stage.setAttribute("aria-describedby", this.help.id);
            const side = document.createElement("div");
            side.append(this.help, this.choices());
            this.reset = document.createElement("button");
            this.reset.type = "button";
            this.reset.className = "plain-button";
            this.reset.addEventListener("click", () => this.clear());
            side.append(this.reset);
            this.stage.after(side);
            this.stage.addEventListener("pointerdown", event => this.grab(event));
            this.stage.addEventListener("keydown", event => this.press(event));
            this.picture.addEventListener("load", () => this.show());
            new ResizeObserver(() => this.show()).observe(this.picture);
        }

        choices() {
            const list = document.createElement("ul");
            list.className = "framing__choices";
            this.buttons = new Map();
            for (const { key, label } of [{ key: "", label: "焦点" }, ...this.ratios]) {
                const item = document.createElement("li");
                item.className = "framing__choice";
                const button = document.createElement("button");
                button.type = "button";
                button.className = "framing__button";
                if (key) {
                    button.append(document.createElement("canvas"));
                }
                const name = document.createElement("span");
                name.textContent = key ? `${label} ${key}` : "按焦点自动裁";
                const how = document.createElement("span");
                how.className = "framing__how";
                button.append(name, how);
                button.addEventListener("click", () => {
                    this.active = key;
                    this.show();
                });
                this.buttons.set(key, button);
                item.append(button);
                list.append(item);
            }
            return list;
        }

        /* As parts of the picture: the box by hand, or as much as fits around the focus. */
        boxOf({ key, ratio: [across, down] }) {
            if (this.crops[key]) {
                return this.crops[key];
            }
            const width = Math.min(this.width, this.height * across / down) / this.width;
            const height = Math.min(this.height, this.width * down / across) / this.height;
            return [
                within(this.focus[0] - width / 2, 0, 1 - width),
                within(this.focus[1] - height / 2, 0, 1 - height),
                width,
                height,
            ];
        }

        ratio() {
            return this.ratios.find(({ key }) => key === this.active);
        }

        show() {
            const ratio = this.ratio();
            this.point.hidden = Boolean(ratio);
            this.box.hidden = !ratio;
            this.point.style.left = `${this.focus[0] * 100}%`;
            this.point.style.top = `${this.focus[1] * 100}%`;
            if (ratio) {
                const [left, top, width, height] = this.boxOf(ratio);
                this.box.style.left = `${left * 100}%`;
                this.box.style.top = `${top * 100}%`;
                this.box.style.width = `${width * 100}%`;
                this.box.style.height = `${height * 100}%`;
            }
            for (const [key, button] of this.buttons) {
                button.setAttribute("aria-pressed", String(key === this.active));
            }
            for (const one of this.ratios) {
                this.draw(one);
            }
            this.reset.hidden = ratio ? !this.crops[this.active] : false;
            this.reset.textContent = ratio ? "改回自动裁切" : "焦点放回中间";
            this.stage.setAttribute("aria-label", ratio
                ? `${ratio.label}的裁切框`
                : `焦点在横向 ${Math.round(this.focus[0] * 100)}%、纵向 ${Math.round(this.focus[1] * 100)}%`);
            this.help.textContent = ratio
                ? `${ratio.label} ${ratio.key}：拖动框或右下角；方向键移动，加减号放大缩小。`
                : "点图片，或用方向键，把焦点放在最要紧的地方。各处自动裁切都会留住它。";
            this.fields.focus.value = this.focus.map(part => part.toFixed(3)).join("x");
            this.fields.crops.value = JSON.stringify(this.crops);
        }

        draw(one) {
            const button = this.buttons.get(one.key);
            button.querySelector(".framing__how").textContent = this.crops[one.key] ? " · 手动" : " · 自动";
            const canvas = button.querySelector("canvas");
            const { naturalWidth: across, naturalHeight: down } = this.picture;
            if (!across) {
                return;
            }
            canvas.height = PREVIEW_HEIGHT * 2;
            canvas.width = Math.round(canvas.height * one.ratio[0] / one.ratio[1]);
            const [left, top, width, height] = this.boxOf(one);
            canvas.getContext("2d").drawImage(
                this.picture, left * across, top * down, width * across, height * down,
                0, 0, canvas.width, canvas.height,
            );
        }

        place(event) {
            const area = this.picture.getBoundingClientRect();
            return [
                within((event.clientX - area.left) / area.width, 0, 1),
                within((event.clientY - area.top) / area.height, 0, 1),
            ];
        }

        grab(event) {
            if (event.button) {
                return;
            }
            event.preventDefault();
            this.stage.focus();
            this.stage.setPointerCapture(event.pointerId);
            const ratio = this.ratio();
            const start = this.place(event);
            const before = ratio ? this.boxOf(ratio) : null;
            const isCorner = event.target === this.corner;
            const move = moved => {
                const now = this.place(moved);
                if (!ratio) {
                    this.focus = now;
                } else if (isCorner) {
                    this.size(before, (now[0] - before[0]) / before[2]);
                } else {
                    this.put(before, before[0] + now[0] - start[0], before[1] + now[1] - start[1]);
                }
                this.show();
            };
            if (!ratio) {
                move(event);
            }
            this.stage.addEventListener("pointermove", move);
            this.stage.addEventListener("lostpointercapture", () => {
                this.stage.removeEventListener("pointermove", move);
            }, { once: true });
        }

        press(event) {
            const ratio = this.ratio();
            const step = MOVES[event.key];
            if (step) {
                if (ratio) {
                    const box = this.boxOf(ratio);
                    this.put(box, box[0] + step[0] * STEP, box[1] + step[1] * STEP);
                } else {
                    this.focus = this.focus.map((part, axis) => within(part + step[axis] * STEP, 0, 1));
                }
            } else if (ratio && ["+", "=", "-"].includes(event.key)) {
                this.size(this.boxOf(ratio), event.key === "-" ? 0.95 : 1.05);
            } else {
                return;
            }
            event.preventDefault();
            this.show();
        }

        put(box, left, top) {
            this.keep([within(left, 0, 1 - box[2]), within(top, 0, 1 - box[3]), box[2], box[3]]);
        }

        /* Larger or smaller from its upper left corner, as far as the picture goes. */
        size(box, factor) {
            const [left, top, width, height] = box;
            const most = Math.min((1 - left) / width, (1 - top) / height);
            const least = Math.max(SMALLEST / width, SMALLEST / height);
            const by = within(factor, Math.min(least, most), most);
            this.keep([left, top, width * by, height * by]);
        }

        keep(box) {
            this.crops = { ...this.crops, [this.active]: box.map(part => Number(part.toFixed(5))) };
        }

        clear() {
            if (this.ratio()) {
                const rest = { ...this.crops };
                delete rest[this.active];
                this.crops = rest;
            } else {
                this.focus = [0.5, 0.5];
            }
            this.show();
        }
    }

    window.addEventListener("DOMContentLoaded", () => {
        const root = document.querySelector("[data-framing]");
        const focus = document.getElementById("id_focal_point");
        const crops = document.getElementById("id_crops");
        if (root && focus && crops) {
            new Framing(root, focus, crops);
        }
    });
}
