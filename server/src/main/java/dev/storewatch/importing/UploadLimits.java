package dev.storewatch.importing;

import dev.storewatch.setting.Limits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of an uploaded file is accepted.
 *
 * @param uploadBytes the largest file that may be uploaded, as it is sent
 * @param unpackedBytes what a packed upload may unpack to
 * @param unpackRatio how many times its size an upload may unpack to, beyond the first 64 MB
 * @param uploadsAtOnce how many files may be uploaded at the same time
 * @param rejectsKept how many wrong rows of an import are kept with their text; all are counted
 */
@ConfigurationProperties(prefix = Limits.PREFIX)
public record UploadLimits(
    @DefaultValue("10GB") DataSize uploadBytes,
    @DefaultValue("50GB") DataSize unpackedBytes,
    @DefaultValue("250") int unpackRatio,
    @DefaultValue("64") int uploadsAtOnce,
    @DefaultValue("1000000") int rejectsKept) {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one of them is too small for anything to be accepted
   */
  public UploadLimits {
    Limits.require(uploadBytes.toBytes() > 0, "upload-bytes", uploadBytes, "10GB");
    Limits.require(unpackedBytes.toBytes() > 0, "unpacked-bytes", unpackedBytes, "50GB");
    Limits.require(unpackRatio > 0, "unpack-ratio", unpackRatio, "250");
    Limits.require(uploadsAtOnce > 0, "uploads-at-once", uploadsAtOnce, "64");
    Limits.require(rejectsKept >= 0, "rejects-kept", rejectsKept, "1000000");
  }
}
