package io.hera.http.history;

import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.store.history.EventQuery;
import io.hera.store.history.EventType;
import io.hera.wire.Names;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a request for events asks for.
 *
 * @param query which events
 * @param before only events of smaller numbers; of a list
 * @param limit how many at most; of a list
 * @param isOneByOne whether many events at once are not summed up; of a stream
 */
record EventTerms(EventQuery query, long before, int limit, boolean isOneByOne) {
  private static final String ID = "id";
  private static final String TYPE = "type";
  private static final String ORIGIN = "origin";
  private static final String BEFORE = "before";
  private static final String LIMIT = "limit";
  private static final String EVERY = "every";

  /** The query parameters of a request for events. */
  static final Parameters PARAMETERS =
      Parameters.of(Query.SERVICE, ID, TYPE, ORIGIN, BEFORE, LIMIT, EVERY);

  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MAX = 1_000;

  /** Returns what a request for a list asks for; {@code readable} are the services that its client may read. */
  static EventTerms ofList(Query query, Predicate<String> readable) throws ProblemException {
    refuse(query, EVERY, "a parameter of streams of events only");
    return new EventTerms(
        events(query, readable),
        query.number(BEFORE, 1, Long.MAX_VALUE).orElse(Long.MAX_VALUE),
        (int) query.number(LIMIT, 1, LIMIT_MAX).orElse(LIMIT_DEFAULT),
        false);
  }

  /** The same of a request for a stream. */
  static EventTerms ofStream(Query query, Predicate<String> readable) throws ProblemException {
    refuse(query, BEFORE, "not a parameter of streams of events");
    refuse(query, LIMIT, "not a parameter of streams of events");
    return new EventTerms(events(query, readable), Long.MAX_VALUE, 0, query.flag(EVERY));
  }

  private static void refuse(Query query, String name, String why) throws ProblemException {
    if (query.text(name).isPresent()) {
      throw new ProblemException(Problem.invalidQuery(name + ": " + why));
    }
  }

  private static EventQuery events(Query query, Predicate<String> readable)
      throws ProblemException {
    Optional<String> service = query.service();
    Optional<String> id = query.text(ID);
    Optional<String> origin = query.text(ORIGIN);
    check(Query.SERVICE, service.flatMap(Names::flawOfService));
    check(ID, id.flatMap(Names::flawOfId));
    check(ORIGIN, origin.flatMap(Names::flawOfNode));
    if (id.isPresent() && service.isEmpty()) {
      throw new ProblemException(
          Problem.invalidQuery("id: an id names an instance of a service, so service is needed"));
    }
    return new EventQuery(service, id, type(query), origin, readable);
  }

  private static void check(String name, Optional<String> flaw) throws ProblemException {
    if (flaw.isPresent()) {
      throw new ProblemException(Problem.invalidQuery(name + ": " + flaw.get()));
    }
  }

  private static Optional<EventType> type(Query query) throws ProblemException {
    Optional<String> word = query.text(TYPE);
    Optional<EventType> type = word.flatMap(EventType::of);
    if (word.isPresent() && type.isEmpty()) {
      throw new ProblemException(Problem.invalidQuery("type: not one of " + EventType.words()));
    }
    return type;
  }
}
