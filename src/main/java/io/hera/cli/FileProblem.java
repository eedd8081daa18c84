package io.hera.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Describes the fault of a file that a command was given. */
final class FileProblem {
  private FileProblem() {}

  static String of(FileSystemException failure) {
    String file = String.valueOf(failure.getFile());
    if (failure instanceof NoSuchFileException) {
      return file + ": does not exist";
    }
    if (failure instanceof AccessDeniedException) {
      return file + ": may not be read by this user";
    }
    return file + ": " + Optional.ofNullable(failure.getReason()).orElse("cannot be read");
  }
}
