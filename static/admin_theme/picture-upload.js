/* Many pictures at a time: chosen, dropped anywhere on the page or pasted. Each gets a
   card with its own words and is posted by itself, with a progress bar; one that is
   refused says why and keeps what was typed. */
"use strict";
{
    const OWN = ["title", "alt_text", "is_decorative", "caption"];
    const PICTURES = /^image\//;

    const element = (name, className = "", text = "") => {
        const made = document.createElement(name);
        made.className = className;
        made.textContent = text;
        return made;
    };

    /* Asks the server, with the progress that fetch does not tell. */
    const post = (url, data, progressed) => new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("POST", url);
        request.setRequestHeader("Accept", "application/json");
        request.upload.addEventListener("progress", event => {
            if (event.lengthComputable) {
                progressed(event.loaded / event.total);
            }
        });
        request.addEventListener("load", () => {
            try {
                resolve(JSON.parse(request.responseText));
            } catch {
                reject(new Error(`服务器没有收下（${request.status}）。`));
            }
        });
        request.addEventListener("error", () => reject(new Error("网络断了。")));
        request.send(data);
    });

    class Card {
        constructor(file, template, number) {
            this.file = file;
            this.isDone = false;
            this.root = element("li", "upload__card");
            const side = element("div");
            this.preview = element("img", "upload__preview");
            this.preview.alt = `要上传的图片：${file.name}`;
            this.preview.src = URL.createObjectURL(file);
            this.preview.addEventListener("error", () => {
                this.preview.hidden = true;
            });
            this.bar = element("progress", "upload__bar");
            this.bar.max = 1;
            this.bar.value = 0;
            this.bar.hidden = true;
            this.bar.setAttribute("aria-label", `上传 ${file.name}`);
            this.said = element("p", "upload__said");
            this.said.setAttribute("role", "status");
            this.choices = element("div", "upload__choices");
            this.out = element("button", "plain-button", "不传这张");
            this.out.type = "button";
            this.out.addEventListener("click", () => this.remove());
            side.append(this.preview, this.bar, this.out);
            this.words = element("div");
            this.words.append(element("strong", "", file.name), this.said, this.choices);
            for (const name of OWN) {
                this.words.append(this.row(template, name, number));
            }
            this.field("title").value = file.name.replace(/\.[^.]*$/, "").replace(/_+/g, " ").slice(0, 80);
            this.root.append(side, this.words);
        }

        row(template, name, number) {
            const row = template.querySelector(`[data-field="${name}"]`).cloneNode(true);
            const field = row.querySelector("input, textarea");
            const id = `${field.id}_${number}`;
            row.querySelector("label").htmlFor = id;
            row.querySelector(".errorlist")?.remove();
            row.classList.remove("words-form__row--wrong");
            const help = row.querySelector(".help");
            if (help) {
                help.id = `${id}_helptext`;
                field.setAttribute("aria-describedby", help.id);
            }
            field.id = id;
            field.removeAttribute("aria-invalid");
            return row;
        }

        field(name) {
            return this.words.querySelector(`[data-field="${name}"] :is(input, textarea)`);
        }

        remove() {
            URL.revokeObjectURL(this.preview.src);
            this.root.dispatchEvent(new CustomEvent("picture-removed", { bubbles: true }));
            this.root.remove();
        }

        async send(form, { keepsNear = false } = {}) {
            const data = new FormData(form);
            data.delete("file");
            data.append("file", this.file, this.file.name);
            for (const name of OWN) {
                const field = this.field(name);
                data.delete(name);
                if (field.type !== "checkbox") {
                    data.append(name, field.value);
                } else if (field.checked) {
                    data.append(name, "on");
                }
            }
            if (keepsNear) {
                data.append("keep_near", "on");
            }
            this.clear();
            this.bar.hidden = false;
            try {
                const told = await post(form.action || location.href, data, part => {
                    this.bar.value = part;
                });
                if (told.errors) {
                    this.refuse(told, form);
                } else {
                    this.finish(told);
                }
            } catch (error) {
                this.fail(`${error.message}写的都还在，可以再试。`);
            }
            this.bar.hidden = true;
        }

        clear() {
            this.root.classList.remove("upload__card--wrong");
            this.choices.replaceChildren();
            this.said.textContent = "";
            for (const wrong of this.words.querySelectorAll(".words-form__error")) {
                wrong.remove();
            }
        }

        fail(sentence) {
            this.root.classList.add("upload__card--wrong");
            this.said.textContent = `${this.file.name} 没有入库：${sentence}`;
        }

        refuse({ errors, twins }, form) {
            this.fail(Object.values(errors).join(" "));
            for (const [name, sentence] of Object.entries(errors)) {
                const field = OWN.includes(name) && this.field(name);
                if (field) {
                    field.after(element("p", "words-form__error", sentence));
                    field.setAttribute("aria-invalid", "true");
                }
            }
            for (const twin of twins) {
                const link = element("a");
                link.href = twin.url;
                const image = element("img");
                image.src = twin.thumb;
                image.alt = "";
                image.width = 120;
                image.height = 80;
                link.append(image, element("span", "", ` 库里的“${twin.title}”`));
                this.choices.append(link);
            }
            if (errors.keep_near) {
                const again = element("button", "plain-button", "仍然上传");
                again.type = "button";
                again.addEventListener("click", () => this.send(form, { keepsNear: true }));
                this.choices.append(again);
            }
        }

        finish({ title, url }) {
            this.isDone = true;
            this.out.remove();
            this.root.classList.add("upload__card--done");
            const link = element("a", "", title);
            link.href = url;
            this.words.replaceChildren(element("strong", "", "✓ 已入库："), link);
            this.root.dispatchEvent(new CustomEvent("picture-in", { bubbles: true }));
        }
    }

    class Upload {
        constructor(form) {
            this.form = form;
            this.input = form.querySelector('input[type="file"]');
            this.input.multiple = true;
            this.drop = form.querySelector("[data-drop]");
            this.list = form.querySelector("[data-cards]");
            this.own = form.querySelector("[data-own]");
            this.progress = form.querySelector("[data-progress]");
            this.button = form.querySelector("[data-send]");
            this.cards = [];
            this.count = 0;
            form.querySelector("[data-drop-hint]").prepend("可以一次选多张，也可以拖进来，或者直接粘贴。");
            form.querySelector("[data-shared-legend]").textContent = "一起填：署名、版权、出处和归类";
            this.shareCredit();
            this.input.addEventListener("change", () => {
                this.add(this.input.files);
                this.input.value = "";
            });
            document.addEventListener("dragover", event => this.over(event, true));
            document.addEventListener("dragleave", event => this.over(event, false));
            document.addEventListener("drop", event => {
                this.over(event, false);
                this.add(event.dataTransfer.files);
            });
            document.addEventListener("paste", event => this.add(event.clipboardData.files));
            this.list.addEventListener("picture-removed", event => {
                this.cards = this.cards.filter(card => card.root !== event.target);
                this.tell();
            });
            this.list.addEventListener("picture-in", () => this.tell());
            form.addEventListener("submit", event => {
                if (this.cards.length) {
                    event.preventDefault();
                    this.sendAll();
                }
            });
            window.addEventListener("beforeunload", event => {
                if (this.waiting().length) {
                    event.preventDefault();
                }
            });
        }

        /* One credit for all stands with what is filled in together. */
        shareCredit() {
            const credit = this.own.querySelector('[data-field="credit"]');
            this.form.querySelector("[data-shared-legend]").after(credit);
        }

        over(event, isOver) {
            if (event.dataTransfer?.types.includes("Files")) {
                event.preventDefault();
                this.drop.classList.toggle("upload__drop--over", isOver);
            }
        }

        add(files) {
            const chosen = [...files].filter(file => PICTURES.test(file.type) || file.type === "");
            const others = files.length - chosen.length;
            for (const file of chosen) {
                this.count += 1;
                const card = new Card(file, this.own, this.count);
                this.cards.push(card);
                this.list.append(card.root);
            }
            this.own.hidden = this.cards.length > 0;
            this.own.disabled = this.cards.length > 0;
            this.tell();
            if (others) {
                this.progress.textContent += ` 有 ${others} 个文件不是图片，没有收。`;
            }
            this.waiting()[0]?.field("alt_text").focus({ preventScroll: true });
        }

        waiting() {
            return this.cards.filter(card => !card.isDone);
        }

        tell() {
            const left = this.waiting().length;
            const done = this.cards.length - left;
            this.own.hidden = this.cards.length > 0;
            this.own.disabled = this.cards.length > 0;
            this.progress.textContent = this.cards.length ? `已入库 ${done} 张，还有 ${left} 张。` : "";
            this.button.textContent = left > 1 ? `全部入库（${left} 张）` : "入库";
            this.button.hidden = Boolean(this.cards.length) && !left;
            if (this.cards.length && !left) {
                const link = element("a", "", "去图片库看看");
                link.href = this.form.dataset.library;
                this.progress.append(" ", link);
            }
        }

        async sendAll() {
            this.button.disabled = true;
            for (const card of this.waiting()) {
                await card.send(this.form);
            }
            this.button.disabled = false;
            this.tell();
            const wrong = this.waiting()[0];
            if (wrong) {
                (wrong.words.querySelector('[aria-invalid="true"]') || wrong.field("alt_text")).focus();
            }
        }
    }

    window.addEventListener("DOMContentLoaded", () => {
        const form = document.querySelector("[data-upload-form]");
        if (form) {
            new Upload(form);
        }
    });
}
