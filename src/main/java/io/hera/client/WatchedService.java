package io.hera.client;

import java.util.List;

/**
 * The subject of a watch, or of a read.
 *
 * @param matches sorted
 */
record WatchedService(String name, List<Match> matches) {
  WatchedService {
    matches = List.copyOf(matches);
  }

  String target() {
    StringBuilder target = new StringBuilder("/").append(Names.encoded(name));
    char before = '?';
    for (Match match : matches) {
      target.append(before).append(match.parameter());
      before = '&';
    }
    return target.toString();
  }
}
