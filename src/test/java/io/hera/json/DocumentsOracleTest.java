package io.hera.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Compares the document check with two independent parsers: the JDK's UTF-8 decoder and Jackson.
 */
class DocumentsOracleTest {
  private static final int DEPTH_MAX = 5;

  private static final JsonFactory JACKSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final List<String> SAMPLES = List.of(
      "{\"host\":\"10.1.1.1\", \"port\": 12345, \"updated_at\": \"2012-12-18T13:27:01Z\"}",
      "{\"a\":1,\"b\":-0.5e+10,\"c\":[true,false,null],\"\\u0061\\n\":{\"a\":{},\"b\":[ ]}}",
      "{\"a\":\"\\ud83d\\ude00 å€😀\",\"å\":[1,2,[3,[4]]],\"aa\":0,\"bb\":10}",
      "{\"a\":{\"a\":{\"a\":{\"a\":1}}},\"b\":\"\\\\\\\"\\/\"}");

  /** Bytes with a meaning in JSON or in UTF-8, and those of the samples' keys. */
  private static final byte[] ALPHABET =
      "{}[]:,\"\\ \n\t01-+.eEuabtfn\0\u007f\u00c3\u00a5\u00e2\u0082\u00ac\u00f0\u009f\u00ed\u00a0\u00ff"
          .getBytes(ISO_8859_1);

  @Test
  void theCheckAndTheOraclesAcceptTheSameDocuments() {
    int accepted = 0;
    for (int seed = 0; seed < 200_000; seed++) {
      byte[] document = mutated(new Random(seed));
      boolean expected = oraclesAccept(document)
          && StrictJson.object(document).filter(StrictJson::isInteroperable).isPresent();
      assertThat(accepts(document))
          .as("seed %d: %s", seed, new String(document, ISO_8859_1))
          .isEqualTo(expected);
      accepted += expected ? 1 : 0;
    }
    assertThat(accepted).isBetween(20_000, 180_000);
  }

  private static boolean accepts(byte[] document) {
    try {
      Documents.check(document, 1 << 16, DEPTH_MAX);
      return true;
    } catch (Malformed flaw) {
      assertThat(flaw.offset()).isBetween(0, document.length);
      return false;
    }
  }

  private static boolean oraclesAccept(byte[] document) {
    try (JsonParser parser = JACKSON.createParser(
        UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      int depth = 1;
      while (depth > 0) {
        JsonToken token = parser.nextToken();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth > DEPTH_MAX) {
          return false;
        }
      }
      return parser.nextToken() == null;
    } catch (CharacterCodingException | JsonProcessingException flaw) {
      return false;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static byte[] mutated(Random random) {
    byte[] document = SAMPLES.get(random.nextInt(SAMPLES.size())).getBytes(UTF_8);
    for (int i = random.nextInt(4); i > 0; i--) {
      document = mutated(document, random);
    }
    return document;
  }

  private static byte[] mutated(byte[] document, Random random) {
    int at = random.nextInt(document.length + 1);
    int to = Math.min(document.length, at + random.nextInt(4));
    byte[] middle = switch (random.nextInt(4)) {
      case 0 -> new byte[0];
      case 1 -> new byte[] {ALPHABET[random.nextInt(ALPHABET.length)]};
      case 2 -> Arrays.copyOfRange(document, to, Math.min(document.length, to + 12));
      default -> Arrays.copyOfRange(document, at, Math.min(document.length, to + 1));
    };
    byte[] result = Arrays.copyOf(document, at + middle.length + document.length - to);
    System.arraycopy(middle, 0, result, at, middle.length);
    System.arraycopy(document, to, result, at + middle.length, document.length - to);
    return result.length == 0 ? document : result;
  }
}
