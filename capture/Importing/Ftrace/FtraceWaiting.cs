using Tracing.Schemas;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>An event on its way out.</summary>
internal sealed class FtraceWaiting(EventRecord record, string? note, FtraceConversation? conversation)
{
    private EventRecord record = record;

    /// <summary>The next line of its thread may tell more of it.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Its note.</summary>
    public string? Note => note;

    /// <summary>Nothing more is waited for.</summary>
    public bool IsSettled => !IsOpen && conversation is not { Device: null, IsOver: false };

    /// <summary>The event, once nothing more is waited for.</summary>
    public EventRecord Settled
    {
        get
        {
            var settled = record;
            if (conversation is not null) settled.Device = conversation.Device?.Number ?? EventRecord.None;
            return settled;
        }
    }

    /// <summary>The next line told what was written.</summary>
    public void Written(byte width, ulong? value) => (record.Width, record.Value) = (width, value);

    /// <summary>What is not known yet stays unknown.</summary>
    public void GiveUp()
    {
        IsOpen = false;
        if (conversation is not null) conversation.IsOver = true;
    }
}
