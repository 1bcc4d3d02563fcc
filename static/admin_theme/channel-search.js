/* The tree of channels as a list that can be searched by typing; the plain select stays
   below it and is what is sent. Select2 is the admin's own. */
"use strict";
{
    const enhance = () => {
        for (const select of document.querySelectorAll("select[data-searchable]")) {
            django.jQuery(select).select2({
                theme: "admin-autocomplete", width: "style", dropdownAutoWidth: true,
            });
        }
    };
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", enhance);
    } else {
        enhance();
    }
}
