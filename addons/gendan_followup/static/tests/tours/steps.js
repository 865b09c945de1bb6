import { rpcBus } from "@web/core/network/rpc";

const STILL_FRAMES = 8;

let pending = 0;
rpcBus.addEventListener("RPC:REQUEST", () => pending++);
rpcBus.addEventListener("RPC:RESPONSE", () => pending--);

export function nextFrame() {
    return new Promise((resolve) => window.requestAnimationFrame(resolve));
}

function isMoving(animation) {
    const { iterations } = animation.effect?.getComputedTiming() || {};
    return animation.playState === "running" && iterations !== Infinity;
}

/** What a graph shows is no part of the document: it moves while its pixels change. */
function drawn() {
    return [...document.querySelectorAll(".o_graph_renderer canvas, .o_gendan_dashboard canvas")]
        .map((canvas) => canvas.toDataURL())
        .join();
}

/**
 * Wait until the page stands still: every request is answered, every picture and letter there,
 * nothing moves and nothing in the document changes any more.
 */
export async function stillPage() {
    let [still, before] = [0, ""];
    const observer = new MutationObserver(() => (still = 0));
    observer.observe(document.body, {
        attributes: true,
        characterData: true,
        childList: true,
        subtree: true,
    });
    await document.fonts.ready;
    while (still < STILL_FRAMES) {
        await nextFrame();
        const now = drawn();
        const busy =
            pending > 0 ||
            now !== before ||
            document.getAnimations().some(isMoving) ||
            [...document.images].some((image) => image.loading !== "lazy" && !image.complete);
        before = now;
        still = busy ? 0 : still + 1;
    }
    observer.disconnect();
}

/** Ask the test for a screenshot of the page at rest, and stand still until it is taken. */
export function screenshot(name) {
    return {
        content: `screenshot ${name}`,
        trigger: "body:not(:has(.o_loading_indicator))",
        run: async () => {
            await stillPage();
            console.log(`gendan screenshot ${name}`);
            while (window.gendanKept !== name) {
                await nextFrame();
            }
        },
    };
}

/** Ask the test to cut or mend the network, and go on when a request notices it. */
export function network(state, trigger = ".o_gendan_phone") {
    return {
        content: `network ${state}`,
        trigger,
        run: async () => {
            console.log(`gendan network ${state}`);
            const answers = () =>
                window.fetch("/web/health", { cache: "no-store" }).then(
                    () => true,
                    () => false
                );
            while ((await answers()) !== (state === "on")) {
                await nextFrame();
            }
        },
    };
}

/** A photo as a phone's camera gives it. */
export async function picture(name = "photo.png") {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 240 });
    canvas.getContext("2d").fillRect(20, 20, 280, 200);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    return new File([blob], name, { type: "image/png" });
}
