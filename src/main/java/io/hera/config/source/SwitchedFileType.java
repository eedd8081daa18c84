package io.hera.config.source;

import io.hera.config.source.RawValue.Kind;
import io.hera.config.source.RawValue.Scalar;
import java.util.Optional;
import java.util.function.Consumer;

/** The type of a setting that is a file or {@code off}, which some YAML readers take for a truth value. */
final class SwitchedFileType extends ScalarType<SwitchedFile> {
  @Override
  Optional<SwitchedFile> parse(Scalar scalar, Consumer<String> fault) {
    if (scalar.text().equals(SwitchedFile.OFF)) {
      return Optional.of(new SwitchedFile.Off());
    }
    SwitchedFile value = new SwitchedFile.Named(scalar.text());
    Optional<String> broken =
        scalar.kind() == Kind.TEXT ? broken(value) : Optional.of("is neither a file nor off");
    broken.ifPresent(fault);
    return broken.isEmpty() ? Optional.of(value) : Optional.empty();
  }

  @Override
  public Optional<String> broken(SwitchedFile value) {
    return value instanceof SwitchedFile.Named named
            && (named.file().isBlank() || named.file().chars().anyMatch(Character::isISOControl))
        ? Optional.of("is not the name of a file")
        : Optional.empty();
  }

  @Override
  public String text(SwitchedFile value) {
    if (value instanceof SwitchedFile.Named named) {
      return named.file();
    }
    return value instanceof SwitchedFile.Off ? SwitchedFile.OFF : "none";
  }

  @Override
  public String allowed() {
    return "a file, or off";
  }
}
