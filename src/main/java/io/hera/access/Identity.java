package io.hera.access;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One entry of the access file: a name, and the permissions of those that prove to have it.
 *
 * @param can the permissions as the file has them, for people
 */
public record Identity(String name, List<String> can, Grants grants) {
  /** The name of the entry for requests without a proof, and of their sender. */
  public static final String ANONYMOUS = "anonymous";

  /** The sender of requests without a proof, if there is no entry for it. */
  static final Identity STRANGER = new Identity(ANONYMOUS, List.of(), Grants.NONE);

  private static final Pattern NAME = Pattern.compile("(?!_)[A-Za-z0-9._-]{1,64}");

  /** Returns whether an identity can have this name: 1 to 64 of {@code A-Za-z0-9._-}, not beginning with {@code _}. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  public Identity {
    can = List.copyOf(can);
  }
}
