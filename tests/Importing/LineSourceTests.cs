using System.Text;
using Tracing.Capture.Importing;
using Xunit;

namespace Tracing.Tests.Importing;

public sealed class LineSourceTests
{
    [Theory]
    [InlineData("a\nbc\n", "a|bc")]
    [InlineData("a\r\nbc\r\n", "a|bc")]
    [InlineData("a\n\nb", "a||b")]
    [InlineData("", "")]
    public void Lines_end_as_they_like(string text, string expected)
        => Assert.Equal(expected, string.Join('|', Read(Encoding.ASCII.GetBytes(text)).Lines));

    [Fact]
    public void A_line_without_end_is_cut_and_what_follows_it_is_read()
    {
        var (lines, _) = Read(Encoding.ASCII.GetBytes(new string('x', 5 << 20) + "\nnext\n"));

        Assert.Equal([LineSource.MostBytes, 4], lines.Select(line => line.Length));
        Assert.Equal("next", lines[1]);
    }

    [Fact]
    public void Lines_across_the_buffers_end_are_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 200_000).Select(number => $"{number}\n"));

        Assert.Equal(Enumerable.Range(0, 200_000).Select(number => $"{number}"), Read(Imported.Zipped(text)).Lines);
    }

    [Fact]
    public void A_torn_archive_gives_what_came_before_and_says_so()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(number => $"{number * 7919}\n"));
        var whole = Imported.Zipped(text);

        var (lines, damage) = Read(whole[..(whole.Length / 2)]);
        Assert.InRange(lines.Count, 10_000, 49_999);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(number => $"{number * 7919}"), lines.Take(10_000));
        Assert.NotNull(damage);
    }

    [Fact]
    public void An_archive_of_several_members_is_whole_and_torn_where_one_of_them_is()
    {
        byte[] first = Imported.Zipped("a\n"), second = Imported.Zipped("bc\nd\n");

        var (lines, damage) = Read([.. first, .. second]);
        Assert.Equal(["a", "bc", "d"], lines);
        Assert.Null(damage);
        Assert.Null(Read([.. first, .. second, .. new byte[512]]).Damage);

        for (var cut = 1; cut < second.Length; cut++) Assert.NotNull(Read([.. first, .. second[..^cut]]).Damage);
    }

    [Fact]
    public void A_members_header_may_hold_a_name_a_comment_and_more()
    {
        var plain = Imported.Zipped("a\n");
        byte[] header = [.. plain[..3], 0b1_1110, .. plain[4..10], 3, 0, 7, 0, 8, .. "trace.log\0"u8, .. "a comment\0"u8];
        var sum = Crc32(header);
        byte[] described = [.. header, (byte)(sum & 0xff), (byte)((sum >> 8) & 0xff), .. plain[10..]];

        var (lines, damage) = Read([.. described, .. described]);
        Assert.Equal(["a", "a"], lines);
        Assert.Null(damage);
    }

    /// <summary>The sum of gzip (RFC 1952 §8), bit by bit.</summary>
    private static uint Crc32(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++) sum = (sum >> 1) ^ ((sum & 1) == 0 ? 0 : 0xedb88320);
        }

        return ~sum;
    }

    private static (List<string> Lines, string? Damage) Read(byte[] bytes)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            using var source = LineSource.Open(path);
            var lines = new List<string>();
            while (source.TryRead(out var line)) lines.Add(Encoding.ASCII.GetString(line));
            return (lines, source.Damage);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
