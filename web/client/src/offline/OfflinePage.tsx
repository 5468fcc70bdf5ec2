import { useEffect, useState } from "react";
import { OfflineBoard } from "./OfflineBoard";
import { type KeptBoard, keptBoard } from "./keptBoard";
import { o } from "./messages";
import css from "./offline.module.css";

/** The kept board beside the live one: to print, and for the telephone numbers when the link is lost. */
export function OfflinePage({ lost, onBack }: { lost: boolean; onBack: () => void }): React.JSX.Element {
  const [board, setBoard] = useState<KeptBoard | null | undefined>(undefined);
  useEffect(() => void keptBoard().then(setBoard), []);
  if (board) return <OfflineBoard board={board} lost={lost} onRetry={onBack} />;
  return (
    <main id="creneaux" tabIndex={-1} className={css.page}>
      <div className={css.head}>
        <h1>{o.title}</h1>
        <button type="button" className="button" onClick={onBack}>{o.back}</button>
      </div>
      <p className={css.none}>{board === null ? o.nothing : ""}</p>
    </main>
  );
}
