package dev.storewatch.outage;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestFleet;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a server tells of outages, a moment after their polls have come. */
@AnyDatabase
final class OutageApiTest {
  private static final String OUTAGES = "/api/v1/outages";
  private static final String SUMMARY = OUTAGES + "/summary";

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server =
        TestServer.start(
            path,
            new TestFleet()
                .store("one")
                .poll("2023-01-25T09:00:00Z", true)
                .poll("2023-01-25T10:00:00Z", false)
                .poll("2023-01-25T11:00:00Z", true)
                .store("two")
                .poll("2023-01-25T11:30:00Z", false)
                .store("=three")
                .poll("2023-01-25T11:00:00Z", true)
                .store("late"));
    push("one", "2023-01-25T12:00:00Z", "inactive");
    push("one", "2023-01-25T13:00:00Z", "active");
    HttpResponse<String> tagged =
        server.send(
            "PATCH",
            "/api/v1/stores/two",
            "{\"tags\":[\"west\"]}",
            "Content-Type",
            "application/json");
    assertThat(tagged.statusCode()).as(tagged.body()).isEqualTo(200);
    // Between the two pushes the newest outage may be found with the first alone, as silence.
    var _ =
        Eventually.until(
            "the outages of all polls",
            () -> json(server.get(OUTAGES)).get("outages"),
            outages ->
                outages.size() == 3
                    && outages
                        .valueStream()
                        .filter(outage -> outage.get("store_id").stringValue().equals("one"))
                        .allMatch(
                            outage -> outage.get("ended_by").stringValue().equals("recovery")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void push(String store, String at, String status) throws Exception {
    HttpResponse<String> answer =
        server.post(
            "/api/v1/polls",
            "[{\"store_id\":\"%s\",\"status\":\"%s\",\"timestamp_utc\":\"%s\"}]"
                .formatted(store, status, at),
            "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** Returns the outages of a query once there is a number of them. */
  private static JsonNode await(String query, int count) throws Exception {
    return Eventually.until(
            "%d outages of %s".formatted(count, query),
            () -> json(server.get(OUTAGES + query)),
            page -> page.get("outages").size() == count)
        .get("outages");
  }

  @Test
  void findsThemAsPollsComeIn() throws Exception {
    JsonNode outages = await("?store=one", 2);
    assertThat(((ObjectNode) outages.get(0)).without(List.of("id", "found_at")).toString())
        .isEqualTo(
            """
            {"store_id":"one","store_name":null,"from":"2023-01-25T11:30:00Z",\
            "to":"2023-01-25T12:30:00Z","ongoing":false,"ended_by":"recovery",\
            "last_up":"2023-01-25T11:00:00Z","first_down":"2023-01-25T12:00:00Z",\
            "last_down":"2023-01-25T12:00:00Z","next_up":"2023-01-25T13:00:00Z",\
            "open_seconds":3600.0,"elapsed_seconds":3600.0}\
            """);
    assertThat(await("?store=two", 1).at("/0/ended_by").stringValue()).isEqualTo("silence");
    assertThat(await("?tag=west", 1).at("/0/store_id").stringValue()).isEqualTo("two");
    assertThat(await("?state=ongoing", 0)).isEmpty();
    assertThat(await("?to=2023-01-25T10:00:00Z&store=one", 1).at("/0/first_down").stringValue())
        .isEqualTo("2023-01-25T10:00:00Z");
  }

  @Test
  void givesThemInPages() throws Exception {
    JsonNode all = await("", 3);
    String after = "";
    for (JsonNode expected : all) {
      JsonNode page = json(server.get(OUTAGES + "?limit=1" + after));
      assertThat(page.at("/outages/0/id")).isEqualTo(expected.get("id"));
      after = "&after=" + expected.get("id").stringValue();
    }
    assertThat(json(server.get(OUTAGES + "?limit=1" + after)).get("outages")).isEmpty();
    assertThat(json(server.get(OUTAGES)).get("after").isNull()).isTrue();
  }

  @Test
  void givesThemAsCsv() throws Exception {
    var _ = await("", 3);
    HttpResponse<String> csv = server.get(OUTAGES + ".csv?store=one");
    assertThat(csv.headers().firstValue("content-type")).hasValue("text/csv;charset=UTF-8");
    assertThat(csv.body().lines())
        .hasSize(3)
        .first()
        .isEqualTo(
            "id,store_id,store_name,from,to,ended_by,last_up,first_down,last_down,next_up,"
                + "open_seconds,elapsed_seconds,found_at");
    assertThat(csv.body().lines().skip(1).findFirst())
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .contains(
                        ",one,,2023-01-25T11:30:00Z,2023-01-25T12:30:00Z,recovery,"
                            + "2023-01-25T11:00:00Z,2023-01-25T12:00:00Z,"));
  }

  @Test
  void givesThemAsACalendar() throws Exception {
    JsonNode all = await("", 3);
    HttpResponse<String> answer = server.get(OUTAGES + ".ics?from=2023-01-01T00:00:00Z");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("text/calendar;charset=UTF-8");
    assertThat(answer.headers().firstValue("content-disposition"))
        .hasValue("attachment; filename=\"outages.ics\"");
    assertThat(uids(answer.body()))
        .containsExactlyElementsOf(
            all.valueStream()
                .map(outage -> "outage-%s@storewatch".formatted(outage.get("id").stringValue()))
                .toList());
    String one = server.get(OUTAGES + ".ics?from=2023-01-01T00:00:00Z&store=two").body();
    assertThat(one)
        .contains("SUMMARY:two was down", "Ended by: silence\\, nothing is known")
        .containsOnlyOnce("BEGIN:VEVENT");
  }

  /** These outages are some years old. */
  @Test
  void givesThoseOfTheLast90DaysAsACalendar() throws Exception {
    var _ = await("", 3);
    assertThat(uids(server.get(OUTAGES + ".ics").body())).isEmpty();
    assertThat(uids(server.get(OUTAGES + ".ics?to=2023-04-27T00:00:00Z").body())).isEmpty();
    assertThat(uids(server.get(OUTAGES + ".ics?to=2023-04-24T00:00:00Z").body())).hasSize(3);
  }

  private static List<String> uids(String calendar) {
    return Biweekly.parse(calendar).first().getEvents().stream()
        .map(event -> event.getUid().getValue())
        .toList();
  }

  @Test
  void addsThemUp() throws Exception {
    var _ = await("", 3);
    String period = "?from=2023-01-25T00:00:00Z&to=2023-01-26T00:00:00Z";
    JsonNode first = json(server.get(SUMMARY + period + "&group_by=west&limit=1"));
    assertThat(first.at("/totals/0/total").stringValue()).isEqualTo("fleet");
    assertThat(first.at("/totals/0/stores").intValue()).isEqualTo(4);
    assertThat(first.at("/totals/0/sums/outages").intValue()).isEqualTo(3);
    assertThat(first.at("/totals/1/tag").stringValue()).isEqualTo("west");
    assertThat(first.at("/totals/2/tag").isNull()).isTrue();
    assertThat(first.at("/stores/0/store_id").stringValue()).isEqualTo("=three");
    assertThat(first.at("/stores/0/sums").toString())
        .isEqualTo(
            """
            {"outages":0,"ongoing":0,"open_seconds":0.0,"longest":null,"recoveries":0,\
            "mean_seconds_to_recover":null,"intervals":0,"mean_seconds_between":null}\
            """);
    JsonNode second = json(server.get(SUMMARY + period + "&limit=1&after=late"));
    assertThat(second.get("totals")).isEmpty();
    assertThat(second.get("after").stringValue()).isEqualTo("one");
    JsonNode one = second.at("/stores/0/sums");
    assertThat(one.get("outages").intValue()).isEqualTo(2);
    assertThat(one.get("open_seconds").decimalValue()).isEqualByComparingTo("7200");
    assertThat(one.get("mean_seconds_to_recover").decimalValue()).isEqualByComparingTo("3600");
    assertThat(one.get("mean_seconds_between").decimalValue()).isEqualByComparingTo("3600");
  }

  @Test
  void addsThemUpAsCsv() throws Exception {
    var _ = await("", 3);
    String period = "?from=2023-01-25T00:00:00Z&to=2023-01-26T00:00:00Z";
    HttpResponse<String> stores = server.get(SUMMARY + period, "Accept", "text/csv");
    assertThat(stores.headers().firstValue("content-type")).hasValue("text/csv;charset=UTF-8");
    assertThat(stores.body().replaceAll("[0-9]{9,}", "ID"))
        .isEqualTo(
            """
            store_id,store_name,outages,ongoing,open_seconds,longest_id,longest_store_id,longest_open_seconds,recoveries,mean_seconds_to_recover,intervals,mean_seconds_between
            "'=three",,0,0,0.000000,,,,0,,0,
            late,,0,0,0.000000,,,,0,,0,
            one,,2,0,7200.000000,ID,one,3600.000000,2,3600.000000,1,3600.000000
            two,,1,0,86400.000000,ID,two,86400.000000,0,,0,
            """);
    HttpResponse<String> groups =
        server.get(SUMMARY + period + "&group_by=west", "Accept", "text/csv");
    assertThat(groups.body().lines().map(line -> line.split(",", 6)[4] + " " + line))
        .satisfiesExactly(
            header -> assertThat(header).contains(" total,group_by,tag,stores,outages,ongoing,"),
            fleet -> assertThat(fleet).startsWith("3 fleet,,,4,3,0,"),
            west -> assertThat(west).startsWith("1 group,west,west,1,1,0,"),
            others -> assertThat(others).startsWith("2 group,west,,3,2,0,"));
  }

  @Test
  void correctsThemByLatePollsWithATrace() throws Exception {
    push("late", "2023-02-01T09:00:00Z", "active");
    push("late", "2023-02-01T14:00:00Z", "active");
    push("late", "2023-02-01T10:00:00Z", "inactive");
    JsonNode first = await("?store=late", 1).get(0);
    assertThat(first.get("to").stringValue()).isEqualTo("2023-02-01T12:00:00Z");

    push("late", "2023-02-01T11:00:00Z", "active");

    String id = first.get("id").stringValue();
    JsonNode corrected =
        Eventually.until(
            "the correction",
            () -> json(server.get(OUTAGES + "/" + id)),
            now -> now.get("corrections").size() == 1);
    assertThat(corrected.get("withdrawn").booleanValue()).isFalse();
    assertThat(corrected.at("/outage/to").stringValue()).isEqualTo("2023-02-01T10:30:00Z");
    assertThat(corrected.at("/corrections/0/said/to").stringValue())
        .isEqualTo("2023-02-01T12:00:00Z");

    HttpResponse<String> calendar =
        server.get(OUTAGES + ".ics?store=late&from=2023-01-01T00:00:00Z");
    assertThat(Biweekly.parse(calendar.body()).first().getEvents())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getUid().getValue()).isEqualTo("outage-%s@storewatch".formatted(id));
              assertThat(event.getSequence().getValue()).as("ended, and corrected").isEqualTo(2);
              assertThat(event.getDateEnd().getValue().toInstant())
                  .isEqualTo("2023-02-01T10:30:00Z");
            });

    push("late", "2023-02-01T10:00:00Z", "active");

    JsonNode withdrawn =
        Eventually.until(
            "the withdrawal",
            () -> json(server.get(OUTAGES + "/" + id)),
            now -> now.get("withdrawn").booleanValue());
    assertThat(withdrawn.get("corrections").size()).isEqualTo(2);
    assertThat(await("?store=late", 0)).isEmpty();
    assertThat(uids(server.get(OUTAGES + ".ics?store=late&from=2023-01-01T00:00:00Z").body()))
        .isEmpty();
  }

  @Test
  void saysWhatWouldBeRight() throws Exception {
    assertProblem(400, "?state=over", "there is no state 'over' of outages: use any, ongoing or");
    assertProblem(400, "?from=soon", "from is 'soon', which is not an instant: use for example");
    assertProblem(
        400, "?from=2023-01-02T00:00:00Z&to=2023-01-01T00:00:00Z", "not after from, which is");
    assertProblem(400, "?limit=0", "limit is 0");
    assertProblem(404, "?store=nobody", "nobody");
    assertProblem(404, "?after=12", "there is no outage with the id 12");
    assertProblem(404, ".ics?store=nobody", "nobody");
    assertProblem(400, ".ics?to=never", "to is 'never', which is not an instant");
    assertProblem(400, "/summary?to=2023-01-01T00:00:00Z", "a period needs both from and to");
    assertProblem(400, "/summary?group_by=country", "no store has the tag country or one that");
    assertProblem(400, "/summary?limit=0", "limit is 0");
    assertProblem(404, "/summary?store=nobody", "nobody");
    assertProblem(404, "/x", "there is no outage with the id x");
  }

  private static void assertProblem(int status, String query, String detail) throws Exception {
    HttpResponse<String> answer = server.get(OUTAGES + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).get("detail").stringValue()).contains(detail);
  }
}
