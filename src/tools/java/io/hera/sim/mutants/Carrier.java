package io.hera.sim.mutants;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Carries edits over from one version of a source to the next. An edit is carried if the tokens
 * that it replaces stand together in the next version, at most renamed; the names in its
 * replacement are renamed likewise. Everything else needs a person to decide.
 */
final class Carrier {
  private final Tokens before;
  private final Tokens after;
  private final Renames renames;
  private final Alignment alignment;

  Carrier(SourceHistory.Versions source, Renames renames) {
    this.before = source.before();
    this.after = source.now();
    this.renames = renames;
    this.alignment = Alignment.of(before, after, renames::of);
  }

  /** Returns the edit for the next version; {@code edit} has to apply to the version before. */
  Optional<Edit> carry(Edit edit) {
    Span whole = edit.placesIn(before).get(0);
    Tokens replacement = Tokens.of(edit.replacement());
    return counterpart(whole)
        .or(() -> moved(whole))
        .map(place -> written(after, place, renamed(replacement, whole)))
        .or(() -> carryChange(whole, replacement));
  }

  /** Carries only what differs between the old code and its replacement. */
  private Optional<Edit> carryChange(Span whole, Tokens replacement) {
    List<String> old = before.texts(whole);
    List<String> fresh = replacement.texts();
    int shorter = Math.min(old.size(), fresh.size());
    int head = (int) IntStream.range(0, shorter)
        .takeWhile(at -> old.get(at).equals(fresh.get(at)))
        .count();
    int tail = (int) IntStream.range(0, shorter - head)
        .takeWhile(at -> old.get(old.size() - 1 - at).equals(fresh.get(fresh.size() - 1 - at)))
        .count();
    Span changed = new Span(whole.from() + head, whole.to() - tail);
    Span inserted = new Span(head, fresh.size() - tail);
    String code = renamed(Tokens.of(replacement.code(inserted)), changed);
    return counterpart(changed)
        .map(place -> written(
            after, place, place.isEmpty() ? spaced(code, replacement, inserted, place) : code));
  }

  /** Returns inserted code with the blanks that are around it in the replacement. */
  private String spaced(String code, Tokens replacement, Span inserted, Span place) {
    String blanks = inserted.from() == 0
        ? after.gapBefore(place.from())
        : replacement.gapBefore(inserted.from());
    String blanksAfter = inserted.to() == replacement.size()
        ? after.gapBefore(place.from())
        : replacement.gapBefore(inserted.to());
    return blanks + code + blanksAfter;
  }

  private Optional<Span> counterpart(Span span) {
    if (span.isEmpty()) {
      return placeBetween(span.from() - 1, span.from());
    }
    int shift = alignment.place(span.from()) - span.from();
    boolean kept = IntStream.range(span.from(), span.to())
        .allMatch(at -> follows(at) && alignment.place(at) == at + shift);
    return kept ? Optional.of(new Span(span.from() + shift, span.to() + shift)) : Optional.empty();
  }

  private Optional<Span> placeBetween(int left, int right) {
    return left < 0 || right == before.size()
        ? Optional.empty()
        : counterpart(new Span(left, right + 1)).map(both -> both.part(1, 0));
  }

  /** Returns whether the token is still there, or was replaced by a name as it was elsewhere. */
  private boolean follows(int at) {
    int place = alignment.place(at);
    return place != Alignment.GONE && renames.holds(before.text(at), after.text(place));
  }

  /** Finds code that has moved within its file. */
  private Optional<Span> moved(Span whole) {
    List<Span> places = after.spansOf(renames.of(before.texts(whole)));
    return places.size() == 1 ? Optional.of(places.get(0)) : Optional.empty();
  }

  /** Returns the code with each name as it is now at its occurrence nearest to {@code near}. */
  private String renamed(Tokens code, Span near) {
    return code.rename(at -> name(code, at, near));
  }

  private String name(Tokens code, int index, Span near) {
    return IntStream.range(0, before.size())
        .filter(at -> before.text(at).equals(code.text(index)))
        .filter(at -> before.isMember(at) == code.isMember(index))
        .filter(at -> before.isCalled(at) == code.isCalled(index))
        .filter(this::follows)
        .boxed()
        .min(Comparator.comparingInt(near::distance))
        .map(at -> after.text(alignment.place(at)))
        .orElseGet(() -> renames.of(code.text(index)));
  }

  /** Returns the edit that replaces {@code place} of {@code source}, with context if needed. */
  static Edit written(Tokens source, Span place, String replacement) {
    Edit edit = new Edit(source.code(place), replacement);
    if (!place.isEmpty() && edit.appliesTo(source)) {
      return edit;
    }
    Span core = place.isEmpty() ? new Span(place.from() - 1, place.to() + 1) : place;
    Span wide = source.widen(core, span -> source.spansOf(source.texts(span)).size() == 1);
    Tokens changed = Tokens.of(source.replace(place, replacement));
    int growth = changed.size() - source.size();
    return new Edit(source.code(wide), changed.code(new Span(wide.from(), wide.to() + growth)));
  }
}
