import { useEffect, useState } from "react";
import { useCommand } from "../agenda/useCommand";
import { noticesApi } from "./api";
import css from "./bell.module.css";
import type { NoticeSettings } from "./contract";
import { n } from "./messages";
import { currentBrowser, subscribeBrowser } from "./push";

/** Which channels reach this person besides the screen. */
export function SettingsForm(): React.JSX.Element | null {
  const [settings, setSettings] = useState<NoticeSettings | null>(null);
  const [said, setSaid] = useState("");
  const [here, setHere] = useState<string | null>(null);
  const command = useCommand();

  useEffect(() => {
    noticesApi.settings().then(setSettings, () => setSaid(n.failed));
    currentBrowser().then(setHere, () => undefined);
  }, []);
  if (!settings) return <p role="status" className={css.lead}>{said}</p>;

  const { channels } = settings;
  const save = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string | undefined => String(form.get(name) ?? "").trim() || undefined;
    const [email, phone] = [text("email"), text("phone")];
    setSaid("");
    void command
      .run(async (requestId) =>
        setSettings(await noticesApi.saveSettings({ ...(email && { email }), ...(phone && { phone }), weekly: form.get("weekly") !== null }, requestId)),
      )
      .then((done) => done && setSaid(n.saved));
  };
  const toggle = async (): Promise<void> => {
    setSaid("");
    if (here && settings.browsers.includes(here)) {
      await command.run(async (requestId) => setSettings(await noticesApi.removeBrowser(here, requestId)));
      return;
    }
    try {
      const browser = await subscribeBrowser(channels.pushKey ?? "");
      setHere(browser.id);
      await command.run(async (requestId) => setSettings(await noticesApi.addBrowser(browser.body, requestId)));
    } catch {
      setSaid(n.pushRefused);
    }
  };
  const errors = command.phase.kind === "refused" ? command.phase.problem : null;

  return (
    <form className={css.form} onSubmit={save} noValidate>
      <p className={css.lead}>{n.settingsLead}</p>
      <label>
        {n.email}
        <input type="email" name="email" autoComplete="email" defaultValue={settings.email} disabled={!channels.email} aria-describedby="email-hint" />
        <span id="email-hint" className={css.hint}>{channels.email ? n.emailHint : n.unavailable}</span>
      </label>
      <label>
        {n.phone}
        <input type="tel" name="phone" autoComplete="tel" defaultValue={settings.phone} disabled={!channels.sms} />
        {!channels.sms && <span className={css.hint}>{n.unavailable}</span>}
      </label>
      <label className={css.tick}>
        <input type="checkbox" name="weekly" defaultChecked={settings.weekly} />
        {n.weekly}
      </label>
      <button type="submit" className="button primary" disabled={command.phase.kind === "sending"}>{n.save}</button>
      <fieldset>
        <legend>{n.push}</legend>
        {channels.pushKey && "PushManager" in window ? (
          <button type="button" className="button" onClick={() => void toggle()}>{here && settings.browsers.includes(here) ? n.pushOff : n.pushOn}</button>
        ) : (
          <span className={css.hint}>{n.unavailable}</span>
        )}
        <span className={css.hint}>{n.pushCount(settings.browsers.length)}</span>
      </fieldset>
      <p role="status" className={css.said}>{command.phase.kind === "sending" ? n.saving : errors ? errors.message : said}</p>
    </form>
  );
}
