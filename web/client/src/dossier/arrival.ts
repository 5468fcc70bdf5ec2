import { type Dossier, readDossier } from "./dossier";

const FRAGMENT = "#dossier?";
const META = 'meta[name="snp-dossier"]';

let waiting: Dossier | null = null;
let taker: ((dossier: Dossier) => void) | null = null;

/**
 * Takes what the SAMU's software handed over out of the page and out of its address before anything else reads them. A page that is already open hears
 * of a next file by its fragment.
 */
export function awaitDossiers(): void {
  const posted = document.querySelector<HTMLMetaElement>(META);
  if (posted) {
    hand(posted.content);
    posted.remove();
    history.replaceState(null, "", "/");
  }
  const look = (): void => {
    if (!location.hash.startsWith(FRAGMENT)) return;
    hand(location.hash.slice(FRAGMENT.length));
    history.replaceState(null, "", location.pathname + location.search);
  };
  look();
  window.addEventListener("hashchange", look);
}

/** Who shows the board takes what came, also what came before sign-in. Until the returned function is called. */
export function takeDossiers(take: (dossier: Dossier) => void): () => void {
  taker = take;
  if (waiting) take(waiting);
  waiting = null;
  return () => {
    if (taker === take) taker = null;
  };
}

function hand(query: string): void {
  const dossier = readDossier(query);
  if (!dossier) return;
  if (taker) taker(dossier);
  else waiting = dossier;
}
