package io.hera.sim.mutants;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles one changed source in memory, against the classes of the build; one thread at a time. */
final class Compilation {
  /** Stays open for all mutants: it indexes the jars of the class path only once. */
  private static final StandardJavaFileManager FILES = ToolProvider.getSystemJavaCompiler()
      .getStandardFileManager(null, null, StandardCharsets.UTF_8);

  private static final List<String> OPTIONS =
      List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));

  private Compilation() {}

  /** Returns name → bytes of the classes in the mutant's source. */
  static Map<String, byte[]> of(Mutant mutant) {
    Source source = new Source(mutant.className(), mutant.applyTo(original(mutant)));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    InMemory memory = new InMemory();
    if (!compiler
        .getTask(messages, memory, null, OPTIONS, null, List.of(source))
        .call()) {
      throw new IllegalStateException(mutant.name() + " does not compile: " + messages);
    }
    return memory.bytes();
  }

  /** Returns the source that the mutant changes, as the build compiled it. */
  static String original(Mutant mutant) {
    try {
      return Files.readString(root().resolve("src/main/java").resolve(mutant.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the root of the repository, found from the folder of the classes. */
  static Path root() {
    try {
      URI classes = io.hera.registry.Registry.class
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .toURI();
      return Path.of(classes).resolve("../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class ClassFile extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ClassFile(String className) {
      super(URI.create("bytes:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ClassFile> written = new HashMap<>();

    InMemory() {
      super(FILES);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return written.computeIfAbsent(className, ClassFile::new);
    }

    Map<String, byte[]> bytes() {
      Map<String, byte[]> classes = new HashMap<>();
      written.forEach((name, file) -> classes.put(name, file.bytes.toByteArray()));
      return classes;
    }
  }
}
