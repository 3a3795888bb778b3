// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jsmpp.DefaultPDUReader;
import org.jsmpp.InvalidCommandLengthException;
import org.jsmpp.PDUReader;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Command;

/**
 * Takes the answers to submissions out of what is read, in the order in which they come. The library would hand them to several
 * threads, and drop those that it has not come to when the connection ends: an answered message would count as unanswered.
 */
final class AnswerReader implements PDUReader {

    /** Where answers go. */
    interface Answers {

        /** Whether a submission of this number is under way. */
        boolean isAwaited(int sequence);

        /** The answer to it. */
        void answered(int sequence, int status, String messageId);
    }

    private static final int HEADER = 16;
    private static final int LARGEST = 1 << 17;

    private final PDUReader reader = new DefaultPDUReader();
    private final Answers answers;

    AnswerReader(Answers answers) {
        this.answers = answers;
    }

    @Override
    public Command readPDUHeader(DataInputStream in) throws InvalidCommandLengthException, IOException {
        Command header = read(in);
        while (isAnswer(header)) {
            byte[] pdu = reader.readPDU(in, header);
            answers.answered(header.getSequenceNumber(), header.getCommandStatus(), messageId(pdu));
            header = read(in);
        }
        return header;
    }

    private Command read(DataInputStream in) throws InvalidCommandLengthException, IOException {
        Command header = reader.readPDUHeader(in);
        if (header.getCommandLength() > LARGEST) {
            throw new IOException("a PDU of " + header.getCommandLength() + " octets; expected at most " + LARGEST);
        }
        return header;
    }

    private boolean isAnswer(Command header) {
        int command = header.getCommandId();
        return command == SMPPConstant.CID_SUBMIT_SM_RESP
                || (command == SMPPConstant.CID_GENERIC_NACK && answers.isAwaited(header.getSequenceNumber()));
    }

    private static String messageId(byte[] pdu) {
        int end = HEADER;
        while (end < pdu.length && pdu[end] != 0) {
            end++;
        }
        return new String(pdu, HEADER, end - HEADER, StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] readPDU(DataInputStream in, Command header) throws IOException {
        byte[] pdu = reader.readPDU(in, header);
        return header.getCommandId() == SMPPConstant.CID_DELIVER_SM ? DeliverPdu.whole(pdu) : pdu;
    }

    @Override
    public byte[] readPDU(DataInputStream in, int length, int command, int status, int sequence) throws IOException {
        return reader.readPDU(in, length, command, status, sequence);
    }
}
