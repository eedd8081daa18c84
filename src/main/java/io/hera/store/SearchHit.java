package io.hera.store;

import io.hera.json.ValueSearch;

/** A place where a text was found. */
public sealed interface SearchHit {
  String service();

  /** The name of a service. */
  record InService(String service) implements SearchHit {}

  /** The id of an instance. */
  record InId(String service, String id) implements SearchHit {}

  /** A value of the document of an instance, the first one that has the text. */
  record InDocument(String service, String id, ValueSearch.Match match) implements SearchHit {}
}
