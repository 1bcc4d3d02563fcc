/* The live preview and the checks: the unsaved form is sent 600 ms after typing stops, and
   what comes back is shown beside it, the page at the chosen width, scaled to fit the pane.
   Nothing is saved by it. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const QUIET = 600;
  const pane = document.querySelector("[data-preview]");
  const form = document.querySelector("#article_form");

  if (pane && form) {
    const stage = pane.querySelector("[data-preview-stage]");
    const page = pane.querySelector("[data-preview-page]");
    const findings = document.querySelector("[data-findings]");
    const state = pane.querySelector("[data-preview-state]");
    let timer = 0;
    let request = null;

    const chosen = name => pane.querySelector(`[name="${name}"]:checked, select[name="${name}"]`);

    const settings = () => {
      const data = new FormData(form);
      for (const name of ["edition", "scheme", "large"]) {
        const field = chosen(name);
        if (field) data.set(name, field.value);
      }
      return data;
    };

    const fit = () => {
      const width = Number(chosen("preview-width").value);
      const scale = Math.min(1, stage.clientWidth / width);
      page.style.inlineSize = `${width}px`;
      page.style.blockSize = `${stage.clientHeight / scale}px`;
      page.style.transform = `scale(${scale})`;
    };

    const show = html => {
      const top = page.contentWindow ? page.contentWindow.scrollY : 0;
      page.addEventListener("load", () => page.contentWindow.scrollTo(0, top), { once: true });
      page.srcdoc = html;
    };

    const refresh = async () => {
      if (request) request.abort();
      request = new AbortController();
      try {
        const response = await fetch(pane.dataset.preview, {
          method: "POST", body: settings(), signal: request.signal,
          headers: { Accept: "application/json" },
        });
        if (!response.ok) throw new Error(String(response.status));
        const answer = await response.json();
        show(answer.page);
        if (findings) findings.innerHTML = answer.findings;
        state.textContent = "";
      } catch (error) {
        if (error.name !== "AbortError") state.textContent = "预览暂时打不开，正文不受影响。";
      }
    };

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, QUIET);
    };

    stage.hidden = false;
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    // The rich text editor writes into its field without an event of the form.
    new MutationObserver(later).observe(form, { childList: true, subtree: true, characterData: true });
    pane.addEventListener("change", event => {
      if (event.target.name === "preview-width") fit();
      else refresh();
    });
    document.addEventListener("keydown", event => {
      if ((event.ctrlKey || event.metaKey) && event.key === "p") {
        event.preventDefault();
        refresh();
        page.focus();
      }
    });
    new ResizeObserver(fit).observe(stage);
    fit();
    refresh();
  }
});
