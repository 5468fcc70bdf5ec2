import type { Territory } from "../api/contract";
import { useReasons } from "../booking/useReference";
import css from "../requests/linked.module.css";
import type { Dossier, Name } from "./dossier";
import { d } from "./messages";

interface Props {
  dossier: Dossier;
  territories: readonly Territory[];
  onClose: () => void;
}

/** Above the board: for which file of the SAMU's software the next booking is. */
export function DossierBanner({ dossier, territories, onClose }: Props): React.JSX.Element {
  const reasons = useReasons();
  const { number, age, commune, reason, draft } = dossier;
  const known = reasons.length === 0 || reasons.some(({ code }) => code === reason);
  const place = territories.flatMap(({ communes }) => communes).find(({ code }) => code === commune)?.name;
  const unread = [...dossier.unread.map((name) => d.names[name as Name]), ...(reason && !known ? [d.names.motif] : []), ...(commune && !place ? [d.names.commune] : [])];
  const facts = [age, draft.sex && d.sexes[draft.sex], place, reasons.find(({ code }) => code === reason)?.label].filter(Boolean);
  return (
    <div className={css.banner} role="status" data-testid="dossier">
      <p>
        <strong>{d.bookingFor(number)}</strong> {facts.length > 0 ? facts.join(", ") : d.nothingMore} {unread.length > 0 && <span>{d.unread(unread)}</span>}
      </p>
      <button type="button" className="button" onClick={onClose}>{d.close}</button>
    </div>
  );
}
