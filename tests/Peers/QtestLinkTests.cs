using System.Text;
using Tracing.Peers.Qtest;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>The qtest protocol against a peer that says what a test wants.</summary>
public sealed class QtestLinkTests : IDisposable
{
    private readonly LinkPair pair = new();
    private readonly QtestLink qtest;

    public QtestLinkTests() => qtest = new QtestLink(pair.Link, TimeSpan.FromMilliseconds(200));

    public void Dispose()
    {
        qtest.Dispose();
        pair.Dispose();
    }

    [Fact]
    public void Interrupt_lines_between_command_and_answer_are_kept()
    {
        Say("IRQ raise 22\nOK 0x10\nIRQ lower 22\n");
        Assert.Equal(0x10UL, qtest.AskNumber("readl 0x1000"));
        Say("OK\n");
        Assert.Equal("", qtest.Ask("writel 0x1000 0x1"));
        Assert.Equal(["raise 22", "lower 22"], qtest.Interrupts);
        Assert.Equal("readl 0x1000\nwritel 0x1000 0x1\n", Heard());
    }

    [Fact]
    public void Answers_come_in_the_order_of_the_commands_however_they_are_cut()
    {
        qtest.Tell("a");
        qtest.Tell("b");
        Say("OK 0x");
        Say("1\nOK 2\n");
        Assert.Equal("0x1", qtest.Answer("a"));
        Assert.Equal("2", qtest.Answer("b"));
    }

    [Theory]
    [InlineData("FAIL Unknown command 'x'\n", "answered 'FAIL Unknown command 'x''")]
    [InlineData("garbage\n", "answered 'garbage'")]
    [InlineData("OK ten\n", "a number was expected")]
    [InlineData("OK 0x123456789abcdef01\n", "a number was expected")]
    [InlineData("", "does not answer 'readl 0x0' within 0.2 s")]
    public void A_wrong_answer_is_an_error_that_says_what_was_asked(string answer, string expected)
    {
        Say(answer);
        var error = Assert.Throws<IOException>(() => qtest.AskNumber("readl 0x0"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_qemu_that_has_gone_is_an_error()
    {
        pair.Peer.Dispose();
        Assert.Throws<IOException>(() => qtest.Ask("readl 0x0"));
    }

    private void Say(string text) => pair.Peer.Send(Encoding.ASCII.GetBytes(text));

    private string Heard()
    {
        var bytes = new byte[4096];
        return Encoding.ASCII.GetString(bytes, 0, pair.Peer.Receive(bytes));
    }
}
