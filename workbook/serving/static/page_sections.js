// @ts-check
// The sections of a page: open those that a link names, and all of them for "Expand all".

const sections = [
  .../** @type {NodeListOf<HTMLDetailsElement>} */ (
    document.querySelectorAll("details.wb-section")
  ),
];
const expandButton = /** @type {HTMLButtonElement} */ (document.getElementById("workbook-expand"));
const contents = document.querySelector(".wb-contents");

const areAllOpen = () => sections.every((section) => section.open);

const updateExpandButton = () => {
  expandButton.textContent = areAllOpen() ? "Close all" : "Expand all";
};

/** What the address names, if anything: a visitor can write any text there. */
const findNamedElement = () => {
  const id = location.hash.slice(1);
  try {
    return document.getElementById(decodeURIComponent(id));
  } catch {
    return document.getElementById(id);
  }
};

/** Open the section that the address names, and every disclosure around what it names. */
const openNamedSection = () => {
  const target = findNamedElement();
  let disclosure = target?.closest("details");
  while (disclosure) {
    disclosure.open = true;
    disclosure = disclosure.parentElement?.closest("details");
  }
  target?.scrollIntoView();
};

/** Mark the section that is read at present in the contents. */
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const link = contents?.querySelector(`a[href="#${target.id}"]`);
      if (isIntersecting) link?.setAttribute("aria-current", "true");
      else link?.removeAttribute("aria-current");
    }
  },
  { rootMargin: "-10% 0px -80% 0px" },
);

/** Open what the address names, now and later, and let the visitor open all. */
export const followSections = () => {
  if (expandButton) {
    expandButton.hidden = false;
    expandButton.addEventListener("click", () => {
      const willOpen = !areAllOpen();
      for (const section of sections) section.open = willOpen;
    });
    for (const section of sections) {
      section.addEventListener("toggle", updateExpandButton);
      observer.observe(section);
    }
    updateExpandButton();
  }
  addEventListener("hashchange", openNamedSection);
  // A second click on the same link changes no address, so it says nothing of itself.
  for (const link of contents?.querySelectorAll("a") ?? []) {
    link.addEventListener("click", () => setTimeout(openNamedSection, 0));
  }
  if (location.hash) openNamedSection();
};
