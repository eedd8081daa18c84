package io.hera.access;

import java.util.List;

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

  public Identity {
    can = List.copyOf(can);
  }
}
