package io.hera.http.proxy;

import io.hera.http.Query;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an operator wants of a configuration for Traefik.
 *
 * @param rule of the router of each service, where {@code {service}} is its name; empty for no routers
 * @param entryPoints of each router that names none; empty for all of Traefik
 * @param source where rules may come from
 */
record TraefikTerms(Optional<String> rule, List<String> entryPoints, Source source) {
  static final String RULE = "rule";
  static final String ENTRY_POINTS = "entryPoints";
  static final String DOCUMENTS = "documents";
  static final int NAMES_MAX = 16;

  private static final String SERVICE = "{service}";
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,1000}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,255}");
  /** A backtick in a name would end the text in a rule. */
  private static final Pattern FILLED = Pattern.compile("[A-Za-z0-9.-]+");

  /** Where rules come from. */
  enum Source {
    /** The query only: a client that registers must not thereby take over a host name. */
    QUERY,
    /** The documents, and the query for services whose documents have none. */
    DOCUMENTS
  }

  /** Reads them from the query of a request. */
  static TraefikTerms of(Query query) throws ProblemException {
    Optional<String> rule = query.text(RULE);
    if (rule.isPresent() && !isRule(rule.get())) {
      throw new ProblemException(
          Problem.invalidQuery(RULE + ": not a text of 1 to 1000 printable characters of ASCII"));
    }
    List<String> entryPoints = query.texts(ENTRY_POINTS, NAMES_MAX).stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .distinct()
        .toList();
    if (!areNames(entryPoints)) {
      throw new ProblemException(Problem.invalidQuery(
          ENTRY_POINTS + ": not up to " + NAMES_MAX + " names of A-Z a-z 0-9 . _ @ -"));
    }
    return new TraefikTerms(rule, entryPoints, source(query.text(DOCUMENTS).orElse("no")));
  }

  private static Source source(String documents) throws ProblemException {
    return switch (documents) {
      case "yes" -> Source.DOCUMENTS;
      case "no" -> Source.QUERY;
      default ->
        throw new ProblemException(Problem.invalidQuery(DOCUMENTS + ": neither yes nor no"));
    };
  }

  /** Returns whether Traefik can read the text as a rule: one that is not valid concerns its router only. */
  static boolean isRule(String text) {
    return PRINTABLE.matcher(text).matches();
  }

  /** Returns whether these are names that Traefik can read, few enough for a router. */
  static boolean areNames(List<String> texts) {
    return texts.size() <= NAMES_MAX
        && texts.stream().allMatch(text -> NAME.matcher(text).matches());
  }

  /** Returns the router of a service whose documents have none. */
  Optional<TraefikRouter> router(String service) {
    return rule.filter(
            text -> !text.contains(SERVICE) || FILLED.matcher(service).matches())
        .map(text -> TraefikRouter.of(text.replace(SERVICE, service), entryPoints));
  }
}
