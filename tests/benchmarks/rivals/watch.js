// Watches any of the pages in the same way, in shadow trees and on canvases too.
//
// watch.wait(step) promises the milliseconds from the opening of the page to a step:
// painted    the figure and the key chart are on the screen
// ready      and the box; and the page, if it has a flag for that, says that it is live
// answered   after watch.expectAnswer() and a key press: the figure has changed
// drawn      the same: the key chart has changed
// watch.pressed() gives the time of the key press.
(({ box, figure, chart, flag }) => {
    function* findAll(root, selector) {
        yield* root.querySelectorAll(selector);
        for (const element of root.querySelectorAll("*"))
            if (element.shadowRoot) yield* findAll(element.shadowRoot, selector);
    }

    const isVisible = (element) =>
        Boolean(element?.checkVisibility({ visibilityProperty: true })) &&
        element.getBoundingClientRect().height > 10;
    const kept = new Map();
    function find(selector) {
        if (!kept.get(selector)?.isConnected || !isVisible(kept.get(selector)))
            kept.set(selector, [...findAll(document, selector)].find(isVisible));
        return kept.get(selector);
    }

    // What is drawn on a canvas is summed up, from one clearing to the next.
    const sums = new WeakMap();
    for (const name of ["clearRect", "lineTo", "fillText"]) {
        const draw = CanvasRenderingContext2D.prototype[name];
        CanvasRenderingContext2D.prototype[name] = function (...values) {
            const numbers = values.filter(Number.isFinite);
            const sum = name === "clearRect" ? 0 : (sums.get(this.canvas) ?? 0);
            sums.set(this.canvas, numbers.reduce((total, number) => (total * 31 + number) % 1e9, sum));
            return draw.apply(this, values);
        };
    }
    function readChart() {
        const drawing = find(chart);
        if (!drawing) return "";
        if (drawing.nodeName === "CANVAS") return String(sums.get(drawing) ?? "");
        return [...drawing.querySelectorAll("path")].map((path) => path.getAttribute("d")).join();
    }
    const readFigure = () => find(figure)?.dataset.value ?? find(figure)?.textContent ?? "";

    let pressed = 0;
    const promises = {};
    const pending = {};
    function expect(step, holds) {
        promises[step] = new Promise((resolve) => {
            pending[step] = { holds, resolve };
        });
    }
    expect("painted", () => find(figure) && readChart());
    expect("ready", () => !pending.painted && find(box) && (!flag || document.querySelector(flag)));
    addEventListener("keydown", () => { pressed ||= performance.now(); }, true);
    window.watch = {
        wait: (step) => promises[step],
        pressed: () => pressed,
        expectAnswer() {
            pressed = 0;
            for (const [step, read] of [["answered", readFigure], ["drawn", readChart]]) {
                const before = read();
                expect(step, () => pressed && read() && read() !== before);
            }
        },
    };

    function look() {
        for (const [step, { holds, resolve }] of Object.entries(pending)) {
            if (holds()) {
                delete pending[step];
                resolve(performance.now());
            }
        }
    }
    // A task of the highest priority runs once the frame in which it was asked for is painted, and
    // before the page handles what has arrived meanwhile.
    function lookAtNextFrame() {
        requestAnimationFrame(() => {
            scheduler.postTask(look, { priority: "user-blocking" });
            lookAtNextFrame();
        });
    }
    lookAtNextFrame();
})(PAGE);
