package io.hera;

/**
 * One thing that is wrong with the configuration, and the line that says so.
 *
 * @param source the file's name, {@code options} or the environment's variable
 * @param line line in that file, from 1; 0 where there is none
 * @param key dotted path of the setting; empty when the whole source is meant
 * @param value what is there, shortened and printable; empty when the rule speaks for itself
 * @param rule what it breaks
 */
public record Fault(String source, int line, String key, String value, String rule) {
  private static final int SHOWN_MAX = 80;

  /** Makes key and value fit to be shown on one line. */
  public Fault {
    key = printable(key);
    value = printable(value);
    rule = rule.replaceAll("\\s+", " ");
  }

  /** {@code source:line: key: value rule}, without what is empty. */
  @Override
  public String toString() {
    String where = line > 0 ? source + ":" + line : source;
    String what = value.isEmpty() ? rule : value + " " + rule;
    return key.isEmpty() ? where + ": " + what : where + ": " + key + ": " + what;
  }

  private static String printable(String text) {
    String cut = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text;
    return cut.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E]", "?");
  }
}
