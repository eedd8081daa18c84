package io.hera.client;

import io.hera.json.JsonFields;
import io.hera.json.LooseCursor;
import io.hera.json.Malformed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a node has answered to the request of a beat. */
sealed interface BeatReply {
  /** For each instance of the request: no entry stands for "accepted". */
  record Results(Map<OwnInstance, Result> failed) implements BeatReply {
    Result of(OwnInstance instance) {
      return failed.getOrDefault(instance, new Result.Accepted());
    }
  }

  /** No node of Hera answers like this. */
  record NotHera(String why) implements BeatReply {}

  /** The result for one instance. */
  sealed interface Result {
    record Accepted() implements Result {}

    /** The node does not know it, and wants the document. */
    record Unknown() implements Result {}

    record Refused(HeraProblem problem) implements Result {}
  }

  /** Reads the answer to a request. */
  static BeatReply read(BeatRequest request, Answer answer) {
    boolean single =
        request.form() == BeatRequest.Form.RENEWAL || request.form() == BeatRequest.Form.DOCUMENT;
    return single ? single(request, answer) : many(request, answer);
  }

  private static BeatReply single(BeatRequest request, Answer answer) {
    if (answer.status() == 204 || (answer.status() == 200 && isOf2012(answer))) {
      return new Results(Map.of());
    }
    if (answer.status() == 404 && request.form() == BeatRequest.Form.RENEWAL) {
      return all(request, new Result.Unknown());
    }
    if (answer.status() < 400 || answer.status() == 404) {
      return new NotHera("it answered " + answer.status() + " to a PUT");
    }
    return all(request, new Result.Refused(HeraProblem.of(answer)));
  }

  /** A node of 2012 answers a PUT with an empty page. */
  private static boolean isOf2012(Answer answer) {
    return answer.header("hera-node").isEmpty() && answer.body().length == 0;
  }

  private static BeatReply many(BeatRequest request, Answer answer) {
    if (answer.status() == 200) {
      try {
        return new Results(failures(request, answer.body()));
      } catch (Malformed flaw) {
        return new NotHera("its answer is not what a node answers: " + flaw.reason());
      }
    }
    if (answer.status() < 400 || answer.status() == 404) {
      return new NotHera("it answered " + answer.status() + " to a POST");
    }
    return all(request, new Result.Refused(HeraProblem.of(answer)));
  }

  private static Results all(BeatRequest request, Result result) {
    Map<OwnInstance, Result> failed = new HashMap<>();
    request.instances().forEach(instance -> failed.put(instance, result));
    return new Results(failed);
  }

  private static Map<OwnInstance, Result> failures(BeatRequest request, byte[] body)
      throws Malformed {
    Map<String, Set<String>> unknown = new HashMap<>();
    Map<String, Map<String, HeraProblem>> errors = new HashMap<>();
    LooseCursor members = LooseCursor.members(body);
    while (members.next()) {
      String name = members.name().orElse("");
      if (name.equals("unknown")) {
        readUnknown(members.value(), unknown);
      } else if (name.equals("errors")) {
        readErrors(members.value(), errors);
      }
    }
    Map<OwnInstance, Result> failed = new HashMap<>();
    for (OwnInstance one : request.instances()) {
      Map<String, HeraProblem> ofService = errors.getOrDefault(one.service, Map.of());
      HeraProblem problem = ofService.getOrDefault(one.id(), ofService.get(""));
      if (problem != null) {
        failed.put(one, new Result.Refused(problem));
      } else if (unknown.getOrDefault(one.service, Set.of()).contains(one.id())) {
        failed.put(one, new Result.Unknown());
      }
    }
    return failed;
  }

  private static void readUnknown(byte[] services, Map<String, Set<String>> unknown)
      throws Malformed {
    LooseCursor service = LooseCursor.members(services);
    while (service.next()) {
      Set<String> ids = unknown.computeIfAbsent(service.name().orElse(""), any -> new HashSet<>());
      LooseCursor id = LooseCursor.elements(service.value());
      while (id.next()) {
        id.text().ifPresent(ids::add);
      }
    }
  }

  private static void readErrors(byte[] services, Map<String, Map<String, HeraProblem>> errors)
      throws Malformed {
    LooseCursor service = LooseCursor.members(services);
    while (service.next()) {
      Map<String, HeraProblem> ids =
          errors.computeIfAbsent(service.name().orElse(""), any -> new HashMap<>());
      LooseCursor id = LooseCursor.members(service.value());
      while (id.next()) {
        ids.put(id.name().orElse(""), problem(id.value()));
      }
    }
  }

  private static HeraProblem problem(byte[] json) throws Malformed {
    int status = (int) JsonFields.parse(json).number("status", 400);
    return HeraProblem.of(new Answer(status, Map.of(), json));
  }
}
