import { useCallback, useEffect, useState } from "react";
import { api } from "./api/api";
import type { Session, Territory } from "./api/contract";
import { onSignedOut } from "./api/http";
import { BoardPage } from "./board/BoardPage";
import { m } from "./messages";
import { IdentityPicker } from "./session/IdentityPicker";
import { DemoRibbon } from "./shell/DemoRibbon";
import { Waiting } from "./shell/Waiting";

type Stage =
  | { kind: "loading" }
  | { kind: "unreachable" }
  | { kind: "picker" }
  | { kind: "board"; session: Session; territories: Territory[] };

const RETRY_MS = 2_000;

export function App(): React.JSX.Element {
  const [stage, setStage] = useState<Stage>({ kind: "loading" });

  const load = useCallback(async (): Promise<void> => {
    try {
      const session = await api.session();
      if (!session) return setStage({ kind: "picker" });
      setStage({ kind: "board", session, territories: await api.territories() });
    } catch {
      setStage({ kind: "unreachable" });
    }
  }, []);

  useEffect(() => void load(), [load]);
  useEffect(() => onSignedOut(() => setStage({ kind: "picker" })), []);
  useEffect(() => {
    if (stage.kind !== "unreachable") return;
    const timer = setTimeout(() => void load(), RETRY_MS);
    return () => clearTimeout(timer);
  }, [stage, load]);

  const leave = useCallback(async (): Promise<void> => {
    await api.signOut().catch(() => undefined);
    history.replaceState(null, "", location.pathname);
    setStage({ kind: "picker" });
  }, []);

  switch (stage.kind) {
    case "board":
      return <BoardPage session={stage.session} territories={stage.territories} onLeave={() => void leave()} />;
    case "picker":
      return <IdentityPicker onSignedIn={() => void load()} />;
    case "unreachable":
      return (
        <>
          <DemoRibbon />
          <Waiting title={m.app.unreachable} help={m.app.unreachableHelp} onRetry={() => void load()} />
        </>
      );
    default:
      return (
        <>
          <DemoRibbon />
          <Waiting title={m.app.loading} />
        </>
      );
  }
}
