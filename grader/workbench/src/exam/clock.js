// The time left, as the notebook's Python tells it; in between this page counts by itself.

const EXACT = 300; // seconds: from here on they are shown

/** The time left in words. */
export function timeLeft(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole <= EXACT) return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")} left`;
  const minutes = Math.ceil(whole / 60);
  if (minutes < 60) return `${minutes} min left`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min left` : `${minutes / 60} h left`;
}

export const inMinutes = (minutes) => (minutes === 1 ? "1 minute" : `${minutes} minutes`);

/** A moment as people here write it; `iso` names its offset. */
export function moment(iso) {
  const at = new Date(iso);
  const day = at.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return `${day}, ${at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZoneName: "short" })}`;
}

export const clockTime = (iso) => new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

export class Countdown {
  /** `warnings` in minutes, `warn` is told one of them once, `end` is called once. */
  constructor({ warnings, warn, end, now = () => Date.now() }) {
    Object.assign(this, { warnings: [...warnings].sort((one, other) => one - other), warn, end, now, until: null, before: Infinity });
  }

  /** Take the time left from the notebook. */
  set(seconds) {
    this.until = this.now() + seconds * 1000;
    if (this.before === Infinity) this.before = seconds; // warnings that passed before are not given again
  }

  get left() {
    return this.until === null ? Infinity : Math.max(0, (this.until - this.now()) / 1000);
  }

  /** Once a second: warn and end. */
  beat() {
    const { left, before } = this;
    if (left === Infinity || this.ended) return;
    this.before = left;
    if (left === 0) {
      this.ended = true;
      this.end();
      return;
    }
    const passed = this.warnings.find((minutes) => left <= minutes * 60);
    if (passed && before > passed * 60) this.warn(passed);
  }
}
