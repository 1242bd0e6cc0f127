import { useState } from "react";
import { Button } from "pf/Button";
import { FormGroup } from "pf/Form";
import { InputGroup, InputGroupItem } from "pf/InputGroup";
import { TextInput } from "pf/TextInput";
import EyeIcon from "icon/eye";
import EyeSlashIcon from "icon/eye-slash";
import { useTranslation } from "react-i18next";

import { FieldHelp } from "@/components/FieldHelp";

interface Props {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: "current-password" | "new-password";
  problem?: string | undefined;
  describedBy?: string;
}

/** A password with a button that shows it. Nothing is trimmed. */
export function PasswordField({ id, label, value, onChange, autoComplete, problem, describedBy }: Props) {
  const { t } = useTranslation("entry");
  const [shown, setShown] = useState(false);
  return (
    <FormGroup label={label} fieldId={id} isRequired>
      <InputGroup>
        <InputGroupItem isFill>
          <TextInput
            id={id}
            name={id}
            type={shown ? "text" : "password"}
            value={value}
            onChange={(_event, text) => onChange(text)}
            autoComplete={autoComplete}
            required
            validated={problem ? "error" : "default"}
            aria-describedby={[describedBy, problem ? `${id}-help` : ""].filter(Boolean).join(" ") || undefined}
          />
        </InputGroupItem>
        <InputGroupItem>
          <Button
            variant="control"
            icon={shown ? <EyeSlashIcon /> : <EyeIcon />}
            aria-label={shown ? t("hidePassword") : t("showPassword")}
            onClick={() => setShown(!shown)}
          />
        </InputGroupItem>
      </InputGroup>
      <FieldHelp id={id} problem={problem} />
    </FormGroup>
  );
}
