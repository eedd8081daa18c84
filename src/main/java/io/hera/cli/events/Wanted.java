package io.hera.cli.events;

import io.hera.wire.Percent;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Which events a command asks for.
 *
 * @param service only of this service
 * @param id only of this instance of it
 * @param type the word for it
 * @param limit the newest ones
 */
public record Wanted(
    Optional<String> service, Optional<String> id, Optional<String> type, int limit) {
  /** Returns the query that asks for the same, with more parameters. */
  String query(String... more) {
    StringJoiner query = new StringJoiner("&", "/_events?", "");
    service.ifPresent(name -> query.add("service=" + Percent.encode(name)));
    id.ifPresent(name -> query.add("id=" + Percent.encode(name)));
    type.ifPresent(word -> query.add("type=" + Percent.encode(word)));
    for (String parameter : more) {
      query.add(parameter);
    }
    return query.toString();
  }
}
