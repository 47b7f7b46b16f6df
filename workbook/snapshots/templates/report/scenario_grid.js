// @ts-check
// Moves a report between the results that it carries. It needs no server and no network.
(() => {
  const section = document.querySelector(".wb-grid");
  const status = section?.querySelector("[role=status]");
  const result = section?.querySelector(".wb-grid-result");
  if (!section || !status || !result) return;
  const sliders = [...section.querySelectorAll("input")];
  const points = [...section.querySelectorAll("template")];

  /** The scenarios lie in the order of the sliders; the last slider moves by one scenario. */
  const findPoint = () =>
    points[sliders.reduce((place, { value, max }) => place * (Number(max) + 1) + Number(value), 0)];

  const show = () => {
    for (const slider of sliders) {
      const text = JSON.parse(slider.dataset.texts ?? "[]")[Number(slider.value)];
      slider.setAttribute("aria-valuetext", text);
      const shown = slider.previousElementSibling;
      if (shown) shown.textContent = text;
    }
    const content = /** @type {DocumentFragment} */ (findPoint().content.cloneNode(true));
    const headline = content.querySelector(".wb-headline");
    headline?.remove();
    status.innerHTML = headline?.innerHTML ?? "";
    result.replaceChildren(content);
  };

  for (const slider of sliders) slider.addEventListener("input", show);
  section.querySelector("button")?.addEventListener("click", () => {
    for (const slider of sliders) slider.value = slider.defaultValue;
    show();
  });
  show();
  section.removeAttribute("hidden");
})();
