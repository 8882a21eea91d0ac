"use strict";

// MARK: Folds

/** Opens what hides an element, and the element where it is a fold itself. */
function reveal(element) {
  for (let fold = element; fold; fold = fold.parentElement) {
    if (fold.tagName === "DETAILS") fold.open = true;
  }
  // The target of a link may be the section around a fold.
  const own = element.querySelector(":scope > details");
  if (own) own.open = true;
}

/** The element that a link's address names; null where there is none. */
function target(hash) {
  return hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
}

function follow(hash) {
  const element = target(hash);
  if (!element) return;
  reveal(element);
  element.scrollIntoView();
  element.classList.add("met");
  setTimeout(() => element.classList.remove("met"), 2400);
}

addEventListener("hashchange", () => follow(location.hash));
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  // The same address a second time is no change of it.
  if (link.hash === location.hash) follow(link.hash);
});
if (location.hash) follow(location.hash);

// MARK: Contents

const contentsLinks = new Map(
  Array.from(document.querySelectorAll("nav.contents a"), (link) => [link.hash.slice(1), link]));

// The section whose heading was passed last is the one that is read.
if (contentsLinks.size > 0) {
  const sections = Array.from(contentsLinks.keys(), (id) => document.getElementById(id)).filter(Boolean);
  let isWaiting = false;
  const mark = () => {
    isWaiting = false;
    let current = sections[0];
    for (const section of sections) if (section.getBoundingClientRect().top < 160) current = section;
    for (const [id, link] of contentsLinks) {
      if (id === current.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(mark);
  }, { passive: true });
  mark();
}

// MARK: Paper

// Paper has no folds: what is folded on the screen is printed, but for what is there for the screen alone.
const opened = [];
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:not([open]):not(.screen)")) {
    fold.open = true;
    opened.push(fold);
  }
});
addEventListener("afterprint", () => {
  for (const fold of opened.splice(0)) fold.open = false;
});

// MARK: The map

// Links that pick out points: of classes, of images taken for another class, of one image.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-classes], a[data-image]");
  if (link && window.layoutMap) window.layoutMap.focus(link.dataset);
});
