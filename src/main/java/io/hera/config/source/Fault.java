package io.hera.config.source;

/**
 * One thing that is wrong with the configuration, and the line that reports it.
 *
 * @param source the file's name, {@code options}, or the environment variable
 * @param line line in that file, from 1; 0 where there are no lines
 * @param key dotted path of the setting; empty if the fault concerns the whole source
 * @param value the value found, shortened and printable; empty if the rule is enough
 * @param rule the rule that the value breaks
 */
public record Fault(String source, int line, String key, String value, String rule) {
  private static final int SHOWN_MAX = 80;

  /** Makes all parts printable on one line: a rule may name what the file has elsewhere. */
  public Fault {
    key = shortened(key);
    value = shortened(value);
    rule = printable(rule.replaceAll("\\s+", " "));
  }

  /** Returns {@code source:line: key: value rule}, without the empty parts. */
  @Override
  public String toString() {
    String where = line > 0 ? source + ":" + line : source;
    String what = value.isEmpty() ? rule : value + " " + rule;
    return key.isEmpty() ? where + ": " + what : where + ": " + key + ": " + what;
  }

  private static String shortened(String text) {
    return printable(text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text);
  }

  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E]", "?");
  }
}
