package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading only those instances of a service whose documents have certain members. */
class FilterTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @BeforeAll
  static void start() {
    node.register(
        "/s/1", "{\"zone\":\"ams\",\"version\":\"1.2\",\"port\":80,\"in\":{\"zone\":\"lon\"}}");
    node.register("/s/2", " {\"zone\" : \"am\\u0073\", \"version\":\"1.3\",\"up\":true}\n");
    node.register(
        "/s/4",
        "{\"zone\":\"us east\",\"k8s:zone\":\"x\",\"plus\":\"a+b\",\"tags\":[1,{\"a\":1,\"b\":2}]}");
    node.register("/s/3", "{\"zone\":\"lon:2\",\"a b\":\"å\",\"none\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "match=zone:ams, 1 2",
    "match=zone:ams&match=version:1.2, 1",
    "match=version:1.2&pretty&match=zone:ams, 1",
    "match=zone:lon, ''",
    "match=zone:lon:2, 3",
    "match=zone%3Alon%3a2, 3",
    "match=zone%3Aus+east, 4",
    "match=zone:us+east, 4",
    "match=zone:us%20east, 4",
    "ma%74ch=zone:us+east, 4",
    "%6Datch=plus:a%2Bb, 4",
    "match=plus:a+b, ''",
    "match=k8s%3Azone:x, 4",
    "match=k8s%3Azone:y, ''",
    "match=k8s:zone:x, ''",
    "match=a+b:%C3%A5, 3",
    "match=a%20b:%C3%A5, 3",
    "match=port:80, 1",
    "match=port:80.0, ''",
    "match=up:true, 2",
    "match=none:null, 3",
    "match=missing:, ''",
    "match=zone:ams&match=zone:lon:2, ''",
    "'match=in:{\"zone\":\"lon\"}', 1",
    "'match=in:{+\"z\\u006fne\"+:+\"lon\"+}', 1",
    "'match=in:{\"zone\":\"ams\"}', ''",
    "'match=in:{\"zone\":\"lon\"', ''",
    "'match=tags:[1,+{\"b\":2,\"a\":1}]', 4",
    "'match=tags:[{\"b\":2,\"a\":1},1]', ''"
  })
  void instancesThatMatchAreListedUnchanged(String query, String ids) {
    var all = node.get("/s").json();
    var shown = node.get("/s?"
            + query
                .replace("{", "%7B")
                .replace("}", "%7D")
                .replace("\"", "%22")
                .replace("\\", "%5C"))
        .json();
    assertThat(String.join(" ", shown.fieldNames())).isEqualTo(ids);
    shown.fieldNames().forEach(id -> assertThat(shown.getValue(id)).isEqualTo(all.getValue(id)));
  }

  @Test
  void aFilteredReadKeepsTheBytesOfDocuments() {
    assertThat(node.document("/s?match=version:1.3"))
        .isEqualTo("{\"2\": {\"zone\" : \"am\\u0073\", \"version\":\"1.3\",\"up\":true}\n}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "match=",
        "match=zone",
        "match=%zz:1",
        "match=%ff:1",
        "match=a:%zz",
        "match=a:%ff",
        "match=%C3%A5"
      })
  void aMatchThatIsNotANameAndAValueIsRefused(String query) {
    node.get("/s?" + query).isProblem(400, "invalid-query");
  }

  @Test
  void theListOfServicesCannotBeFiltered() {
    node.get("/?match=zone:ams").isProblem(400, "invalid-query");
  }
}
