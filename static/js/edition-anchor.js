// The other editions open at the section that is being read, not at the top.
const links = document.querySelectorAll("[data-keeps-anchor] a");

function follow() {
  for (const link of links) link.hash = location.hash;
}

addEventListener("hashchange", follow);
follow();
