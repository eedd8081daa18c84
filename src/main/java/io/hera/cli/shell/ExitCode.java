package io.hera.cli.shell;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ends. No other class decides on the number of a kind of end. */
public enum ExitCode {
  DONE(0, "done"),
  WANTING(1, "looked, and found it wanting"),
  USAGE(2, "wrong option, configuration or file"),
  ABSENT(3, "there is no such thing"),
  REFUSED(4, "a node refuses it"),
  UNREACHABLE(5, "no node answers, or the time is up: try again");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** Returns the exit code of the process. */
  public int code() {
    return code;
  }

  /** Returns the kind of end of a request that was answered with this status. */
  public static ExitCode ofStatus(int status) {
    if (status < 300) {
      return DONE;
    }
    if (status == 404) {
      return ABSENT;
    }
    return isRefusal(status) ? REFUSED : UNREACHABLE;
  }

  /** Returns whether another node would say the same: a client error, or a registry that is full. */
  private static boolean isRefusal(int status) {
    boolean passes = status == 408 || status == 429;
    return (status >= 400 && status < 500 && !passes) || status == 507;
  }

  /** Returns code → meaning, for the help of a command. */
  public static Map<String, String> help() {
    Map<String, String> help = new LinkedHashMap<>();
    for (ExitCode code : values()) {
      help.put(Integer.toString(code.code), code.meaning);
    }
    return help;
  }
}
