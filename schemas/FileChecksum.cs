using System.Globalization;
using System.Text;

namespace Tracing.Schemas;

/// <summary>
/// The CRC-32C of a run's whole file. It stands in the file itself, as eight hexadecimal digits behind its key in the Parquet
/// footer, and is taken as if they were <see cref="Blank"/>. Sums over values do not see values that change places: a flipped
/// bit in the length of a run of equal values moves all behind it.
/// </summary>
public static class FileChecksum
{
    /// <summary>Its metadata key.</summary>
    public const string Key = RunFacts.KeyPrefix + "checksum";

    /// <summary>What stands in its place while it is taken.</summary>
    public const string Blank = "00000000";

    private const int BufferBytes = 1 << 20;

    /// <summary>Behind the key, in the encoding of a Parquet footer: another text begins, and is as long as the digits.</summary>
    private static readonly byte[] mark = [.. Encoding.ASCII.GetBytes(Key), 0x18, (byte)Blank.Length];

    /// <summary>Where the digits stand in a footer; negative if they stand there not once.</summary>
    public static int PlaceIn(ReadOnlySpan<byte> footer)
    {
        var place = footer.IndexOf(mark);
        return place >= 0 && place == footer.LastIndexOf(mark) && place + mark.Length + Blank.Length <= footer.Length ? place + mark.Length : -1;
    }

    /// <summary>Takes the checksum of a file whose digits stand at <paramref name="place"/>.</summary>
    public static string Of(Stream file, long place)
    {
        var buffer = new byte[BufferBytes];
        var (crc, offset) = (0u, 0L);
        file.Seek(0, SeekOrigin.Begin);
        while (file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is var count and > 0)
        {
            for (var digit = 0; digit < Blank.Length; digit++)
            {
                if (place + digit - offset is >= 0 and var index && index < count) buffer[index] = (byte)Blank[digit];
            }

            crc = Crc32C.Of(buffer.AsSpan(0, count), crc);
            offset += count;
        }

        return crc.ToString("x8", CultureInfo.InvariantCulture);
    }
}
