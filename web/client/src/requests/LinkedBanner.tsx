import type { Territory } from "../api/contract";
import { useReasons } from "../booking/useReference";
import { longDate } from "../time/wall";
import css from "./linked.module.css";
import { k } from "./linkMessages";
import type { LinkedRequest } from "./prefill";

interface Props {
  request: LinkedRequest;
  territories: readonly Territory[];
  onDetach: () => void;
}

/** Above the board: for which request the next booking is. */
export function LinkedBanner({ request, territories, onDetach }: Props): React.JSX.Element {
  const timeZone = territories.find(({ id }) => id === request.territoryId)?.timeZone ?? "Europe/Paris";
  const reason = useReasons().find(({ code }) => code === request.reason)?.label ?? request.reason;
  return (
    <div className={css.banner} role="status" data-testid="linked-request">
      <p><strong>{k.bookingFor}</strong> {[request.patient, reason].filter(Boolean).join(", ")} <span>{k.before(longDate(request.deadline, timeZone))}</span></p>
      <button type="button" className="button" onClick={onDetach}>{k.detach}</button>
    </div>
  );
}
