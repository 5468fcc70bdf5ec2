import type { Plugin } from "vite";

/** Where French text stands. */
const TEXTS = /\/src\/(?:.+\/)?(?:messages(?:\/\w+)?|bellMessages|help|texts)\.ts$/;
const NARROW = "\u202f";
const NO_BREAK = "\u00a0";

/**
 * French sets no-break spaces before double punctuation, inside guillemets and before units, so that no line begins with “:”. The sources are written with
 * plain spaces, which anybody can type and search for. JavaScript takes all of them as white space: code that stands around the texts means the same.
 */
export function frenchSpaces(): Plugin {
  return {
    name: "french-spaces",
    apply: "build",
    enforce: "pre",
    transform: (code, id) => (TEXTS.test(id) ? { code: setFrench(code), map: null } : null),
  };
}

export const setFrench = (text: string): string =>
  text
    .replace(/(?<=\S) (?=[;!?])/g, NARROW)
    .replace(/(?<=\S) (?=[:»])|(?<=«) |(?<=[\d}]) (?=(?:h|min|km)\b)/g, NO_BREAK);
