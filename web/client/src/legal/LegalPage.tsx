import { useEffect } from "react";
import { m } from "../messages";
import css from "./legal.module.css";
import type { LegalPageId } from "./pages";
import { type Block, TEXTS } from "./texts";

export function LegalPage({ id }: { id: LegalPageId }): React.JSX.Element {
  const { lead, sections } = TEXTS[id];
  useEffect(() => {
    document.title = `${m.legal[id]} — ${m.app.name}`;
  }, [id]);
  return (
    <main id="creneaux" tabIndex={-1} className={css.page}>
      <h1>{m.legal[id]}</h1>
      <p className={css.lead}>{lead}</p>
      {sections.map(({ title, blocks }) => (
        <section key={title}>
          <h2>{title}</h2>
          {blocks.map((block, index) => <Text key={index} block={block} />)}
        </section>
      ))}
      <p><a className="button" href="/">{m.legal.back}</a></p>
    </main>
  );
}

function Text({ block }: { block: Block }): React.JSX.Element {
  return typeof block === "string" ? <p>{block}</p> : <ul>{block.map((one) => <li key={one}>{one}</li>)}</ul>;
}
