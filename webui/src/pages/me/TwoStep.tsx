import { useState } from "react";
import { Button } from "pf/Button";
import { Label } from "pf/Label";
import CheckCircleIcon from "icon/check-circle";
import { useTranslation } from "react-i18next";

import { prepareTwoStep, renewCodes, switchTwoStepOff, switchTwoStepOn } from "@/api/people";
import type { Me, TwoStepSecret } from "@/api/types";
import { CopyText } from "@/components/CopyText";
import { FormDialog } from "@/components/FormDialog";
import { TextLine } from "@/components/TextLine";
import { changeQuery, usePlace } from "@/router";
import { QrCode } from "./QrCode";

const close = (): void => changeQuery({ do: "" }, { replace: true });

export function TwoStep({ me: { details, recovery_codes: left } }: { me: Me }) {
  const { t } = useTranslation("me");
  const { query } = usePlace();
  const dialog = query.get("do");
  const ask = (wanted: string) => () => changeQuery({ do: wanted });
  return (
    <>
      <p>{t("twoStepText")}</p>
      {details.two_step ? (
        <div className="nano-row">
          <Label status="success" icon={<CheckCircleIcon />}>{t("twoStepOn")}</Label>
          <span>{t("codesLeft", { count: left })}</span>
          <Button variant="secondary" onClick={ask("new-codes")}>{t("newCodes")}</Button>
          <Button variant="secondary" onClick={ask("two-step-off")}>{t("switchOff")}</Button>
        </div>
      ) : (
        <div>
          <Button variant="secondary" onClick={ask("two-step")}>{t("switchOn")}</Button>
        </div>
      )}
      {dialog === "two-step" && <SwitchOn />}
      {dialog === "two-step-off" && details.two_step && <SwitchOff />}
      {dialog === "new-codes" && details.two_step && <NewCodes />}
    </>
  );
}

/** Password, secret with its QR code, the first code, and at last the recovery codes: nothing is on before the code fits. */
function SwitchOn() {
  const { t } = useTranslation("me");
  const [password, setPassword] = useState("");
  const [secret, setSecret] = useState<TwoStepSecret | null>(null);
  const [code, setCode] = useState("");
  const [codes, setCodes] = useState<string[] | null>(null);
  const prepare = async (): Promise<"stay"> => {
    setSecret(await prepareTwoStep(password));
    return "stay";
  };
  const confirm = async (): Promise<"stay"> => {
    setCodes(await switchTwoStepOn(code.replace(/[\s-]/g, "")));
    return "stay";
  };
  if (codes) return <CodesDialog codes={codes} />;
  if (!secret)
    return (
      <FormDialog title={t("switchOnTitle")} verb={t("goOn")} act={prepare} ready={password !== ""} onClose={close}>
        <TextLine id="two-step-password" label={t("password")} type="password" value={password} onChange={setPassword} autoComplete="current-password" autoFocus required />
      </FormDialog>
    );
  return (
    <FormDialog title={t("scanCode")} verb={t("switchOn")} act={confirm} ready={code.trim() !== ""} onClose={close}>
      <p>{t("scanCodeText")}</p>
      <QrCode text={secret.address} label={t("qrCode")} />
      <p className="nano-wrap">
        {t("orType")} <CopyText text={secret.secret} what={t("key")} />
      </p>
      <TextLine id="first-code" label={t("code")} value={code} onChange={setCode} inputMode="numeric" autoComplete="one-time-code" help={t("codeHelp")} required />
    </FormDialog>
  );
}

function NewCodes() {
  const { t } = useTranslation("me");
  const [password, setPassword] = useState("");
  const [codes, setCodes] = useState<string[] | null>(null);
  const renew = async (): Promise<"stay"> => {
    setCodes(await renewCodes(password));
    return "stay";
  };
  if (codes) return <CodesDialog codes={codes} />;
  return (
    <FormDialog title={t("newCodes")} verb={t("newCodes")} act={renew} ready={password !== ""} onClose={close}>
      <p>{t("newCodesText")}</p>
      <TextLine id="codes-password" label={t("password")} type="password" value={password} onChange={setPassword} autoComplete="current-password" autoFocus required />
    </FormDialog>
  );
}

function SwitchOff() {
  const { t } = useTranslation("me");
  const [password, setPassword] = useState("");
  return (
    <FormDialog title={t("switchOffTitle")} verb={t("switchOff")} danger act={() => switchTwoStepOff(password)} ready={password !== ""} onClose={close}>
      <p>{t("switchOffText")}</p>
      <TextLine id="off-password" label={t("password")} type="password" value={password} onChange={setPassword} autoComplete="current-password" autoFocus required />
    </FormDialog>
  );
}

/** Told once: whoever closes this without keeping them makes new ones. */
function CodesDialog({ codes }: { codes: string[] }) {
  const { t } = useTranslation("me");
  return (
    <FormDialog title={t("recoveryCodes")} onClose={close}>
      <p>{t("recoveryCodesText")}</p>
      <ul className="nano-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <CopyText text={codes.join("\n")} what={t("recoveryCodes")} shown={t("copyAll")} />
    </FormDialog>
  );
}
