// What must be known of one part of an outcome: a list.
export default {
  render({ model, el }) {
    const notes = made("ul", { className: "wb-notes wb-answer" });
    follow(model, notes);
    el.append(notes);
  },
};
