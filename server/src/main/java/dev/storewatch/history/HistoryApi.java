package dev.storewatch.history;

import dev.storewatch.http.CsvOrJson;
import dev.storewatch.http.Problem;
import dev.storewatch.http.StreamedText;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to days, weeks and months of stores and of groups of them. */
@Tag(name = "history", description = "Days, weeks and months of stores and of groups of them")
@RestController
@RequestMapping("/api/v1")
class HistoryApi {
  private final StoreHistories histories;
  private final StoreGroups groups;
  private final HoursOfWeek hours;

  HistoryApi(StoreHistories histories, StoreGroups groups, HoursOfWeek hours) {
    this.histories = histories;
    this.groups = groups;
    this.hours = hours;
  }

  @Operation(
      operationId = "storeHistory",
      summary = "Get the history of a store by days, weeks or months",
      description =
          "Periods of business days on the clocks of the store, up to today unless dates are"
              + " given. They share their edges, so days add up to weeks and months. As CSV it has"
              + " the columns of a detailed report.")
  @ApiResponse(
      responseCode = "200",
      description = "The periods, with times in seconds; as CSV in minutes",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = HistoryView.class)),
        @Content(mediaType = CsvOrJson.CSV, schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @ApiResponse(responseCode = "406", description = "It cannot be had in that form")
  @GetMapping(
      path = "/stores/{storeId}/history",
      produces = {MediaType.APPLICATION_JSON_VALUE, CsvOrJson.CSV})
  ResponseEntity<?> history(
      Scope scope,
      @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
      @Parameter(description = "The id of the store") @PathVariable String storeId,
      @Described.From @RequestParam(required = false) @Nullable String from,
      @Described.To @RequestParam(required = false) @Nullable String to,
      @Parameter(
              description =
                  "What a period is; without dates there are 90 days, 26 weeks or 12 months",
              schema =
                  @Schema(
                      allowableValues = {"day", "week", "month"},
                      defaultValue = "day"))
          @RequestParam(defaultValue = "day")
          String by,
      @Described.AsOf @RequestParam(name = "as_of", defaultValue = "latest") String asOf,
      @Described.ByRule @RequestParam(defaultValue = "nearest") String rule,
      @Described.Carry @RequestParam(defaultValue = "PT24H") String carry,
      @Described.LateClose @RequestParam(name = "late_close_as_midnight", required = false)
          @Nullable Boolean lateClose) {
    HistoryView view =
        found(
            () ->
                histories.of(
                    scope,
                    new StoreHistories.Asked(
                        storeId, from, to, by, new AskedTerms(asOf, rule, carry, lateClose))));
    return answer(headers, view, new StreamedText(out -> HistoryLines.csv(view, out)));
  }

  @Operation(
      operationId = "groups",
      summary = "Add up the times of groups of stores, and compare them with the period before",
      description =
          "The sums of the times of stores, by the tags that they have now, never averages of"
              + " percentages; with the outages of both periods, and a rank that is fair to groups"
              + " of which little is known. As CSV, a row for each group.")
  @ApiResponse(
      responseCode = "200",
      description = "The groups, with times in seconds; as CSV in minutes",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = GroupsView.class)),
        @Content(mediaType = CsvOrJson.CSV, schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "406", description = "They cannot be had in that form")
  @GetMapping(
      path = "/groups",
      produces = {MediaType.APPLICATION_JSON_VALUE, CsvOrJson.CSV})
  ResponseEntity<?> groups(
      Scope scope,
      @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
      @Described.From @RequestParam(required = false) @Nullable String from,
      @Described.To @RequestParam(required = false) @Nullable String to,
      @Parameter(
              description =
                  "A period instead of two dates: yesterday, last-week, last-month, 2026-W10 or"
                      + " 2026-03; without any, the seven days up to yesterday",
              example = "last-week")
          @RequestParam(required = false)
          @Nullable String window,
      @Described.Tags @RequestParam(required = false) @Nullable List<String> tag,
      @Parameter(
              description =
                  "What the tags of the groups begin with; without it each tag is a group",
              example = "region")
          @RequestParam(name = "group_by", required = false)
          @Nullable List<String> groupBy,
      @Parameter(description = "How many of the stores with the most down time are ranked")
          @RequestParam(defaultValue = "10")
          int lowest,
      @Described.AsOf @RequestParam(name = "as_of", defaultValue = "latest") String asOf,
      @Described.ByRule @RequestParam(defaultValue = "nearest") String rule,
      @Described.Carry @RequestParam(defaultValue = "PT24H") String carry,
      @Described.LateClose @RequestParam(name = "late_close_as_midnight", required = false)
          @Nullable Boolean lateClose) {
    GroupsView view =
        groups.of(
            scope,
            new StoreGroups.Asked(
                from,
                to,
                window,
                orNone(tag),
                orNone(groupBy),
                lowest,
                new AskedTerms(asOf, rule, carry, lateClose)));
    return answer(headers, view, new StreamedText(out -> GroupLines.csv(view, out)));
  }

  @Operation(
      operationId = "groupHistory",
      summary = "Get the history of several stores together, for example of those with a tag",
      description =
          "The sums of the times of all these stores, each on its own clocks. As CSV, a row for"
              + " each period.")
  @ApiResponse(
      responseCode = "200",
      description = "The periods, with times in seconds; as CSV in minutes",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = GroupHistoryView.class)),
        @Content(mediaType = CsvOrJson.CSV, schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "406", description = "It cannot be had in that form")
  @GetMapping(
      path = "/groups/history",
      produces = {MediaType.APPLICATION_JSON_VALUE, CsvOrJson.CSV})
  ResponseEntity<?> historyOfStores(
      Scope scope,
      @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
      @Described.From @RequestParam(required = false) @Nullable String from,
      @Described.To @RequestParam(required = false) @Nullable String to,
      @Parameter(
              description =
                  "What a period is; without dates there are 90 days, 26 weeks or 12 months",
              schema =
                  @Schema(
                      allowableValues = {"day", "week", "month"},
                      defaultValue = "week"))
          @RequestParam(defaultValue = "week")
          String by,
      @Described.Tags @RequestParam(required = false) @Nullable List<String> tag,
      @Described.AsOf @RequestParam(name = "as_of", defaultValue = "latest") String asOf,
      @Described.ByRule @RequestParam(defaultValue = "nearest") String rule,
      @Described.Carry @RequestParam(defaultValue = "PT24H") String carry,
      @Described.LateClose @RequestParam(name = "late_close_as_midnight", required = false)
          @Nullable Boolean lateClose) {
    GroupHistoryView view =
        groups.history(
            scope,
            new StoreGroups.HistoryAsked(
                orNone(tag), from, to, by, new AskedTerms(asOf, rule, carry, lateClose)));
    return answer(headers, view, new StreamedText(out -> HistoryLines.csv(view, out)));
  }

  @Operation(
      operationId = "storeHoursOfWeek",
      summary = "Get when in the week a store is down",
      description =
          "The time of each hour of the week, on the clocks of the store, as the engine measures"
              + " it: not the polls are counted. As CSV, a row for each hour.")
  @ApiResponse(
      responseCode = "200",
      description = "The 168 hours, with times in seconds; as CSV in minutes",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = HoursOfWeekView.class)),
        @Content(mediaType = CsvOrJson.CSV, schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @ApiResponse(responseCode = "406", description = "They cannot be had in that form")
  @GetMapping(
      path = "/stores/{storeId}/hours-of-week",
      produces = {MediaType.APPLICATION_JSON_VALUE, CsvOrJson.CSV})
  ResponseEntity<?> hoursOfStore(
      Scope scope,
      @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
      @Parameter(description = "The id of the store") @PathVariable String storeId,
      @Described.From @RequestParam(required = false) @Nullable String from,
      @Described.To @RequestParam(required = false) @Nullable String to,
      @Described.AsOf @RequestParam(name = "as_of", defaultValue = "latest") String asOf,
      @Described.ByRule @RequestParam(defaultValue = "nearest") String rule,
      @Described.Carry @RequestParam(defaultValue = "PT24H") String carry,
      @Described.LateClose @RequestParam(name = "late_close_as_midnight", required = false)
          @Nullable Boolean lateClose) {
    HoursOfWeekView view =
        found(
            () ->
                hours.of(
                    scope,
                    new HoursOfWeek.Asked(
                        storeId,
                        List.of(),
                        from,
                        to,
                        new AskedTerms(asOf, rule, carry, lateClose))));
    return answer(headers, view, new StreamedText(out -> HoursOfWeekLines.csv(view, out)));
  }

  @Operation(
      operationId = "hoursOfWeek",
      summary = "Get when in the week stores are down, for example those with a tag",
      description =
          "The sums of the times of all these stores, each on its own clocks. As CSV, a row for"
              + " each hour.")
  @ApiResponse(
      responseCode = "200",
      description = "The 168 hours, with times in seconds; as CSV in minutes",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = HoursOfWeekView.class)),
        @Content(mediaType = CsvOrJson.CSV, schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "406", description = "They cannot be had in that form")
  @GetMapping(
      path = "/groups/hours-of-week",
      produces = {MediaType.APPLICATION_JSON_VALUE, CsvOrJson.CSV})
  ResponseEntity<?> hoursOfStores(
      Scope scope,
      @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
      @Described.From @RequestParam(required = false) @Nullable String from,
      @Described.To @RequestParam(required = false) @Nullable String to,
      @Described.Tags @RequestParam(required = false) @Nullable List<String> tag,
      @Described.AsOf @RequestParam(name = "as_of", defaultValue = "latest") String asOf,
      @Described.ByRule @RequestParam(defaultValue = "nearest") String rule,
      @Described.Carry @RequestParam(defaultValue = "PT24H") String carry,
      @Described.LateClose @RequestParam(name = "late_close_as_midnight", required = false)
          @Nullable Boolean lateClose) {
    HoursOfWeekView view =
        hours.of(
            scope,
            new HoursOfWeek.Asked(
                null, orNone(tag), from, to, new AskedTerms(asOf, rule, carry, lateClose)));
    return answer(headers, view, new StreamedText(out -> HoursOfWeekLines.csv(view, out)));
  }

  private static List<String> orNone(@Nullable List<String> words) {
    return Objects.requireNonNullElse(words, List.of());
  }

  private static <T> T found(Supplier<T> work) {
    try {
      return work.get();
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    }
  }

  private static ResponseEntity<?> answer(HttpHeaders headers, Object json, StreamedText csv) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok().varyBy(HttpHeaders.ACCEPT);
    return CsvOrJson.prefersCsv(headers.getAccept())
        ? answer.contentType(CsvOrJson.CSV_UTF8).body(csv)
        : answer.contentType(MediaType.APPLICATION_JSON).body(json);
  }
}
