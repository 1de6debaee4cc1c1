package dev.storewatch.audit;

import dev.storewatch.http.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to the audit trail. */
@Tag(name = "audit", description = "Who changed what")
@RestController
@RequestMapping("/api/v1/audit")
class AuditApi {
  private final AuditTrail trail;

  AuditApi(AuditTrail trail) {
    this.trail = trail;
  }

  /** An entry as administrators see it. */
  record EntryView(
      long number,
      Instant at,
      String who,
      String address,
      String action,
      @Nullable String target,
      @Nullable String outcome,
      @Schema(description = "Role, tags and end of a key or person, before a change of them")
          @Nullable String before,
      @Schema(description = "The same after the change") @Nullable String after) {
    static EntryView of(AuditEntry entry) {
      return new EntryView(
          entry.number(),
          entry.doneAt(),
          entry.who(),
          entry.address(),
          entry.action(),
          entry.target(),
          entry.outcome(),
          entry.before(),
          entry.after());
    }
  }

  /** A page of entries, the newest first; {@code after} is null on the last. */
  record Page(List<EntryView> entries, @Nullable String after) {}

  @Operation(summary = "List who changed what, when and from where, the newest first")
  @ApiResponse(responseCode = "200", description = "A page of the audit trail")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @GetMapping
  Page list(
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable Long after) {
    int most = Paging.checked(limit);
    List<AuditEntry> found = trail.list(most + 1, after == null ? Long.MAX_VALUE : after);
    List<AuditEntry> page = Paging.page(found, most);
    return new Page(
        page.stream().map(EntryView::of).toList(),
        Paging.hasMore(found, most) ? String.valueOf(page.getLast().number()) : null);
  }
}
