import { percent } from "@/format/bytes";

interface Props {
  label: string;
  used: number;
  total: number;
  /** Behind the bar: "195 of 252 GiB". */
  text: string;
}

/** How full something is: bar and words, amber from 80 %, red from 90 %. */
export function Meter({ label, used, total, text }: Props) {
  const share = total > 0 ? Math.min(100, Math.max(0, (100 * used) / total)) : 0;
  const tone = share >= 90 ? "bad" : share >= 80 ? "warns" : "calm";
  return (
    <div className="nano-meter">
      <div
        className="nano-meter-bar"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share)}
        aria-valuetext={`${text}, ${percent(share)}`}
      >
        <svg width="100%" height="8" aria-hidden="true">
          <rect className="nano-meter-track" width="100%" height="8" rx="4" />
          <rect className={`nano-meter-fill nano-${tone}`} width={`${share}%`} height="8" rx="4" />
        </svg>
      </div>
      <span>{text}</span>
    </div>
  );
}
