"""What can be heard: a synthesiser led by the breath guide, and lines that wait their turn.

Pure: samples out of updates and session time. Loudspeakers and voices are in `gui.sound`.
"""
