// The answer as a sentence in a live region: what changes here is announced. The notes beneath are not.
export default {
  render({ model, el }) {
    const sentence = live("wb-headline wb-answer");
    const notes = made("ul", { className: "wb-notes wb-answer" });
    const show = () => {
      sentence.textContent = model.get("text");
      notes.replaceChildren(...model.get("notes").map((textContent) => made("li", { textContent })));
      notes.hidden = !notes.children.length;
    };
    for (const name of ["text", "notes"]) model.on(`change:${name}`, show);
    show();
    el.append(sentence, notes);
  },
};
